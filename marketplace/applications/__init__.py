"""Applying, answering, withdrawing.

Reading order: lifecycle, tables, errors, policies, queries, links, emails, actions, then holds (apply
first, confirm after), forms, endpoints (applying), own_endpoints (the volunteer), received and
received_endpoints (the association).
"""
