"""Accounts offering time, and the birth dates of those who are minors.

Reading order: tables, policies, queries, actions.
"""
