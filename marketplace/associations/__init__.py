"""Associations, their members and their verification.

Reading order: lifecycle, tables, policies, queries, actions, forms, endpoints.
"""
