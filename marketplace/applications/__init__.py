"""Applying, answering, withdrawing.

Reading order: lifecycle, tables, errors, policies, queries, links, emails, actions, then holds (apply
first, confirm after), forms, endpoints (applying), own_endpoints (the volunteer), received and
received_endpoints (the association); inbox_* (all it received), bulk_* (several answered at once) and
export_* (the accepted people for a spreadsheet).
"""
