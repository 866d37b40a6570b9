"""Accounts offering time, the birth dates of those who are minors, and what they say they look for.

Reading order: tables, policies, queries, actions, forms, endpoints.
"""
