"""One patient: the models fitted to what was measured, and what comes next with its bands."""
