"""Every job of the schedule: once, twice, late, and from two processes at once."""
