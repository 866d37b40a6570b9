"""What a mission is: its fields, its slots, and the drafts its authors write.

Reading order: lifecycle, tables, errors, policies, checks, text_warnings, queries, drafts, places, series,
actions, steps, choices, undertaking, form_fields, date_fields, forms (then practical_forms, care_forms: one
page of a draft each), endpoints; words says a mission's facts to everybody.
"""
