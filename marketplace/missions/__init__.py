"""What a mission is: its fields, its slots, and the drafts its authors write.

Reading order: lifecycle, tables, policies, checks, wording, queries, drafts, places, actions, steps, choices,
form_fields, forms (and forms_practical, forms_care), endpoints; words says a mission's facts to everybody.
"""
