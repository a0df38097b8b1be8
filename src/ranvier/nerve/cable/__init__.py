"""The kernel that moves thousands of axons through time; the only place that knows numba."""
