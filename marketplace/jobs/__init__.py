"""The clock's mechanism: a job is due, leased to one process, and done once. `clock.py` says how."""
