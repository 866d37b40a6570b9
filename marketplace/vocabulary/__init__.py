"""Reference data and its words. Read domains.py, then names.py, tables.py, queries.py, actions.py."""
