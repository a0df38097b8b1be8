"""The examination of a virtual person; it gives the same findings that a real one gives."""
