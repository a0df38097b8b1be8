"""The brief study: the entries of a visit as numbers only, for populations."""
