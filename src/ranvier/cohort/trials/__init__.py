"""Published trials of treatment in MMN, repeated on virtual patients: designs as data, one small engine."""
