"""The consent itself: its links and its states.

Reading order: lifecycle, tables, queries, emails, actions.
"""
