"""One's data. For now the register: every column of every table, whose it is and how long it lives."""
