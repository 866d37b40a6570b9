"""The answers a mission's pages offer, as (value, label) in the language being spoken."""

from collections.abc import Mapping
from typing import Any

from marketplace.missions.lifecycle import Admission, ContactLevel, PlaceKind, Timing
from marketplace.missions.tables import Mission
from marketplace.text import N_, _
from marketplace.vocabulary.activities import ACTIVITIES, ACTIVITY_GROUPS
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.exposures import EXPOSURE_QUESTIONS
from marketplace.vocabulary.prerequisites import PREREQUISITES
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.vocabulary.skills import SKILL_GROUPS, SKILLS

PLACE_KINDS: dict[str, str] = {
    PlaceKind.ON_SITE: N_("Sur place"),
    PlaceKind.REMOTE: N_("À distance"),
    PlaceKind.EITHER: N_("Au choix : sur place ou à distance"),
}
TIMINGS: dict[str, str] = {
    Timing.ANYTIME: N_("Quand le bénévole veut"),
    Timing.DATED: N_("À une date précise, ou à plusieurs"),
}
ADMISSIONS: dict[str, str] = {
    Admission.REVIEW: N_("Nous répondons à chaque candidature"),
    Admission.INSTANT: N_("Les personnes sont prises tout de suite"),
}
CONTACT_LEVELS: dict[str, str] = {
    ContactLevel.NONE: N_("Aucun contact, et aucune donnée personnelle"),
    ContactLevel.DATA: N_("Pas de contact, mais des données personnelles"),
    ContactLevel.GROUP: N_("Un contact en groupe"),
    ContactLevel.INDIVIDUAL: N_("Un contact en tête-à-tête"),
}
CONTACT_HINTS: dict[str, str] = {
    ContactLevel.NONE: N_("Par exemple trier des dons, tenir un site, appeler des partenaires."),
    ContactLevel.DATA: N_("Par exemple classer des dossiers, tenir un fichier de personnes aidées."),
    ContactLevel.GROUP: N_("Dans vos locaux ou en public, jamais seul à seul."),
    ContactLevel.INDIVIDUAL: N_("Seul à seul, hors de vos locaux ou en détention."),
}


def choices() -> Mapping[str, Any]:
    """By the name of the field; activities and skills by heading."""
    return {
        "domains": _said(DOMAINS),
        "activity_groups": _grouped(ACTIVITY_GROUPS, ACTIVITIES),
        "audiences": _said(AUDIENCES),
        "skill_groups": _grouped(SKILL_GROUPS, SKILLS),
        "place_kinds": _said(PLACE_KINDS),
        "timings": _said(TIMINGS),
        "rhythms": _said(RHYTHMS),
        "day_parts": _said(DAY_PARTS),
        "admissions": _said(ADMISSIONS),
        "contact_levels": [(key, _(label), _(CONTACT_HINTS[key])) for key, label in CONTACT_LEVELS.items()],
        "exposure_questions": _said(EXPOSURE_QUESTIONS),
        "prerequisites": _said(PREREQUISITES),
    }


def chosen(mission: Mission) -> Mapping[str, str]:
    """What was answered, in words; '' for what is not answered yet."""
    return {
        "place_kind": _(PLACE_KINDS.get(mission.place_kind, "")),
        "admission": _(ADMISSIONS.get(mission.admission, "")),
        "contact_level": _(CONTACT_LEVELS.get(mission.contact_level, "")),
    }


def _said(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(key), _(label)) for key, label in labels.items()]


def _grouped(groups: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]) -> list[Any]:
    return [(_(heading), [(key, _(labels[key])) for key in keys]) for heading, keys in groups.items()]
