"""Associations, their members and their verification.

Reading order: lifecycle, tables, errors, policies, queries, emails, actions, forms, endpoints; then the same
for members (`member_…`), for whom they invite (`invitation_…`) and for announced absences (`absence_…`).
"""
