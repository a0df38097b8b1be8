"""One module per file format, and the reading and writing of files."""
