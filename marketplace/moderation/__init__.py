"""Moderators: their sign-in, the queue and its decisions, and the panel under /admin.

Reading order: lifecycle, tables, errors, policies, labels, queries, actions, forms, endpoints for the
queue; passwords, totp, staff, staff_cookie, staff_endpoints for the door; panel_tables, panel_guard, admin
for the panel.
"""
