"""Associations, their members and their verification.

Reading order: lifecycle, tables, errors, policies, queries, emails, actions, forms, endpoints.
"""
