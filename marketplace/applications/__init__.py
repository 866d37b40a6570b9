"""Applying, answering, withdrawing.

Reading order: lifecycle, tables, policies, actions, queries, emails, forms, endpoints.
"""
