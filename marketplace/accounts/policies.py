"""Rules about accounts that need neither data nor clock."""

CODE_ATTEMPTS = 5


def fold_email(email: str) -> str:
    """The address as compared and stored: no spaces around, lower case."""
    return email.strip().lower()


def shown_name(first_name: str, family_name: str) -> str:
    """What a public page shows of a member: « CHRIS N. »."""
    return f"{first_name} {family_name[:1].upper()}.".strip() if family_name else first_name
