"""What is said of a field that is wrong: what to do, in plain words."""

from collections.abc import Mapping
from typing import Any

from marketplace.text import N_, _

NOT_TICKED = N_("Cochez cette case pour continuer.")
MISSING = N_("Remplissez ce champ.")
MESSAGES = {
    "missing": MISSING,
    "string_too_short": N_("Écrivez au moins {min_length} caractères."),
    "string_too_long": N_("Raccourcissez ce texte : {max_length} caractères au plus."),
    "too_short": N_("Choisissez au moins une réponse."),
    "too_long": N_("Choisissez-en {max_length} au plus."),
    "enum": N_("Choisissez une réponse dans la liste."),
    "literal_error": N_("Choisissez une réponse dans la liste."),
    "int_parsing": N_("Écrivez un nombre entier, par exemple 3."),
    "int_parsing_size": N_("Ce nombre est trop grand."),
    "greater_than_equal": N_("Écrivez un nombre à partir de {ge}."),
    "less_than_equal": N_("Écrivez un nombre jusqu’à {le}."),
    "date_from_datetime_parsing": N_("Écrivez une date qui existe, par exemple 27 3 2009."),
    "date_parsing": N_("Écrivez une date qui existe, par exemple 27 3 2009."),
    "datetime_parsing": N_("Écrivez une date et une heure qui existent, par exemple 27 3 2027 et 14:30."),
    "datetime_from_date_parsing": N_(
        "Écrivez une date et une heure qui existent, par exemple 27 3 2027 et 14:30."
    ),
    "unreadable": N_("Ce texte contient des caractères illisibles. Écrivez-le de nouveau."),
}
OWN_WORDS_FIRST = {"missing", "enum", "literal_error", "too_short", "value_error"}


def said(kind: str, values: Mapping[str, Any], says: str | None) -> str:
    """The sentence for a pydantic error of this kind; `says` is the field's own."""
    if kind == "string_too_short" and values.get("min_length") == 1:
        kind = "missing"
    if kind == "value_error" and not (says and str(values["error"]) == NOT_TICKED):
        return _(str(values["error"]))
    if says and (kind in OWN_WORDS_FIRST or kind not in MESSAGES):
        return _(says)
    return _(MESSAGES.get(kind, MISSING)).format(**values)
