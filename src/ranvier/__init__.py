"""Multifocal motor neuropathy, from the node of Ranvier to the bedside and back."""

__version__ = "0.1.0"
