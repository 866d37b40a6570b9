"""What other programs read. So far calendars that follow a volunteer's accepted slots.

Reading order: calendar_tables, calendar_queries, calendar_actions, calendar_endpoints.
"""
