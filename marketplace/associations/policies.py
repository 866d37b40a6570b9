"""Rules about associations that need neither data nor clock."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from marketplace.associations.lifecycle import EDITABLE, Status
from marketplace.associations.tables import Association
from marketplace.text import N_
from marketplace.web.clock import paris_day

CHARTER_VERSION = "1"  # the text is templates/associations/_charter.html; a new text is a new version
INSURANCE_WARNED = (timedelta(days=30), timedelta(days=7))  # before its last day
LONGEST_INSURANCE = timedelta(days=3653)  # further away, the year was mistyped

STEPS: dict[str, str] = {  # in page order
    "identity": N_("Votre association"),
    "place": N_("Où vous trouver"),
    "contact": N_("Comment vous joindre"),
    "insurance": N_("Votre assurance"),
    "safeguarding": N_("La personne à alerter"),
    "charter": N_("La charte"),
}
COLUMNS: dict[str, frozenset[str]] = {  # what each step's page writes; the charter is accepted, not typed
    "identity": frozenset({"name", "legal_kind", "rna", "siret", "purpose"}),
    "place": frozenset({"address", "commune_code", "commune_name", "postcode", "department"}),
    "contact": frozenset({"website", "contact_email", "contact_phone"}),
    "insurance": frozenset({"insurer", "insured_until"}),
    "safeguarding": frozenset({"safeguarding_name", "safeguarding_contact"}),
    "charter": frozenset(),
}
KEPT_UP_TO_DATE = frozenset({"contact", "insurance", "safeguarding"})  # they age: no moderator is needed

NOT_RNA = N_("Le numéro RNA est un W suivi de 9 chiffres, par exemple W351234567.")
NOT_SIRET = N_(
    "Ce numéro n’est pas un SIREN (9 chiffres) ni un SIRET (14 chiffres). Vérifiez chaque chiffre."
)
NOT_WEB = N_("Écrivez une adresse qui commence par http:// ou https://, par exemple https://www.exemple.fr.")
NOT_PHONE = N_("Écrivez un numéro de téléphone, par exemple 02 99 00 00 00.")
INSURANCE_OVER = N_("Cette assurance est terminée. Écrivez la date de fin du contrat en cours.")
INSURANCE_TOO_FAR = N_("Cette date est trop lointaine. Vérifiez l’année.")


def open_steps(status: str) -> frozenset[str]:
    """The steps whose page may be saved in this state."""
    if status in EDITABLE:
        return frozenset(STEPS)
    return KEPT_UP_TO_DATE if status == Status.VERIFIED else frozenset()


def open_columns(status: str) -> frozenset[str]:
    """The columns that may be saved in this state."""
    return frozenset().union(*(COLUMNS[step] for step in open_steps(status)))


def why_not_submit(association: Association, today: date) -> list[tuple[str, str]]:
    """(step, French message) for what is missing, in page order; empty when the file may be sent."""
    checks = (
        ("identity", _identified(association), N_("Dites qui vous êtes et ce que vous faites.")),
        ("place", association.address and association.commune_name, N_("Donnez votre adresse.")),
        ("contact", association.contact_email, N_("Donnez une adresse e-mail publique.")),
        ("insurance", association.insurer and association.insured_until, N_("Décrivez votre assurance.")),
        ("insurance", is_insured(association, today), INSURANCE_OVER),
        ("safeguarding", association.safeguarding_contact, N_("Nommez la personne à alerter.")),
        ("charter", association.charter_version == CHARTER_VERSION, N_("Acceptez la charte.")),
    )
    return [(step, message) for step, fine, message in checks if not fine]


def is_insured(association: Association, today: date) -> bool:
    """Whether the insurance it told of, if it did, goes on: its last day included."""
    return association.insured_until is None or association.insured_until >= today


def owes_warning(association: Association, today: date) -> bool:
    """Whether it is time to warn that the insurance ends: at each of INSURANCE_WARNED, once."""
    until, warned_at = association.insured_until, association.insurance_warned_at
    due = [until - before for before in INSURANCE_WARNED if until and until - before <= today]
    return bool(due) and (warned_at is None or paris_day(warned_at) < max(due))


def insurance_problem(until: date, today: date) -> str | None:
    """What is wrong with the last insured day, in French, or None."""
    if until < today:
        return INSURANCE_OVER
    return INSURANCE_TOO_FAR if until > today + LONGEST_INSURANCE else None


def tidy_rna(typed: str) -> str:
    """An RNA number without spaces, or ''. ValueError: it is none."""
    number = re.sub(r"[\s.-]", "", typed).upper()
    if number and not re.fullmatch("W[0-9]{9}", number):
        raise ValueError(NOT_RNA)
    return number


def tidy_siret(typed: str) -> str:
    """A SIREN or SIRET number without spaces, or ''. ValueError: it is neither."""
    number = re.sub(r"[\s.-]", "", typed)
    if number and not (re.fullmatch("[0-9]{9}|[0-9]{14}", number) and passes_luhn(number)):
        raise ValueError(NOT_SIRET)
    return number


def passes_luhn(digits: str) -> bool:
    """The Luhn check (ISO/IEC 7812-1), with its key as last digit; all zeros is no number."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return bool(digits.strip("0")) and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def tidy_website(typed: str) -> str:
    """A web address, http or https only, or ''; without either it is taken as https. ValueError: none."""
    if not typed:
        return ""
    address = typed if re.match("https?://", typed, re.IGNORECASE) else f"https://{typed}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(NOT_WEB) from None
    proper = re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) and port is None and "@" not in parts.netloc
    if not proper or re.search(r"[\s\"<>\\]", address):
        raise ValueError(NOT_WEB)
    return address


def tidy_phone(typed: str) -> str:
    """A phone number as typed, or ''; French short numbers count. ValueError: it is none."""
    digits = re.sub(r"[\s().+-]", "", typed)
    if typed and not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 15 and len(typed) <= 20):
        raise ValueError(NOT_PHONE)
    return typed


def _identified(association: Association) -> bool:
    number = association.rna or association.siret
    return bool(association.name and association.legal_kind and number and association.purpose)
