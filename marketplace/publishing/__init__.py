"""Submit, publish, pause, resume, change dates, finish, cancel: what moves applications with their mission.

Reading order: errors, policies, queries, emails, running, actions, date_actions, finish_actions, forms,
endpoints; then the clock's: stands (still current?), silences (nobody answers), suspension (nothing may
happen).
"""
