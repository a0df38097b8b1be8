"""Where every number comes from: sources, values, and the registry that lists them."""

from ranvier.evidence.registry import Registry, registry
from ranvier.evidence.source import Source
from ranvier.evidence.tables import EvidenceError, fetch, fetch_tables, read_toml
from ranvier.evidence.value import Kind, Mark, Value, entry_name, is_value, value_from, values_in

__all__ = [
    "EvidenceError",
    "Kind",
    "Mark",
    "Registry",
    "Source",
    "Value",
    "entry_name",
    "fetch",
    "fetch_tables",
    "is_value",
    "read_toml",
    "registry",
    "value_from",
    "values_in",
]
