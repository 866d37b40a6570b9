"""What a mission lacks before it can be sent, and what its answers entail. No data is read here."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from marketplace.missions.lifecycle import ContactLevel, Minors, PlaceKind, Timing
from marketplace.missions.policies import is_applicable
from marketplace.missions.tables import Mission, Slot
from marketplace.text import N_, _
from marketplace.vocabulary.exposures import EXPOSURES
from marketplace.vocabulary.prerequisites import HONORABILITY
from marketplace.web.clock import PARIS

PRESENTATION_AT_LEAST, PRESENTATION_AT_MOST = 300, 20_000
LONGEST_SLOT = timedelta(days=31)
NIGHT_STARTS, NIGHT_ENDS = time(22), time(6)  # Paris; never minors between the two
NEEDS_UNDERTAKING = frozenset({ContactLevel.DATA, ContactLevel.GROUP, ContactLevel.INDIVIDUAL})
CHILDREN_IN_CARE = "children_in_care"  # where the law provides an attestation of honorability

HONORABILITY_REFUSED = N_(
    "La loi ne prévoit l’attestation d’honorabilité que pour la protection de l’enfance et la petite "
    "enfance. Ailleurs, vous ne pouvez ni la demander ni l’obtenir."
)
INDIVIDUAL_REFUSED = N_(
    "Une mission en tête-à-tête doit être lue par deux modérateurs. Ce n’est pas encore possible ici : "
    "gardez votre brouillon, ou choisissez un contact en groupe."
)


def why_not_submit(mission: Mission, slots: Sequence[Slot], now: datetime) -> list[tuple[str, str]]:
    """(step, what is missing) in the order of the steps; empty when it can be sent.

    Dates that pass while a moderator reads are no obstacle, as long as one is left to apply for.
    """
    return [
        *_missing_words(mission),
        *_missing_place(mission),
        *_missing_dates(mission, slots, now),
        *_missing_care(mission),
        *_missing_conditions(mission),
    ]


def closed_to_minors_because(mission: Mission, slots: Iterable[Slot] = ()) -> list[str]:
    """Why minors may not be admitted, each read after « parce que »; empty when they may be asked for."""
    answers = barred_by(mission.contact_level, mission.exposures)
    return [*answers, *_night_reasons(mission, slots)]


def barred_by(contact_level: str, exposures: Iterable[str] | None) -> list[str]:
    """The same for the answers about contact and exposures alone."""
    return [*_level_reasons(contact_level), *_exposure_reasons(exposures)]


def consequences(mission: Mission, slots: Sequence[Slot]) -> list[str]:
    """What the answers about contact and exposures entail, in sentences; nothing before they are given."""
    if not mission.contact_level and mission.exposures is None:
        return []
    needs = [_(text) for level, text in NEEDS.items() if level == mission.contact_level]
    return [*minors_sentences(mission, slots), *needs]


def minors_sentences(mission: Mission, slots: Iterable[Slot]) -> list[str]:
    """« Cette mission est fermée aux mineurs, parce que … » for each reason, or that one may ask."""
    reasons = closed_to_minors_because(mission, slots)
    if not reasons:
        return [_("Vous pouvez demander à l’ouvrir aux mineurs de 16 et 17 ans : un modérateur décide.")]
    said = _("Cette mission est fermée aux mineurs, parce que {reason}.")
    return [said.format(reason=reason) for reason in reasons]


def touches_night(slot: Slot) -> bool:
    """Whether a dated slot has a minute between 22:00 and 6:00 in Paris."""
    if slot.starts_at is None or slot.ends_at is None:
        return False
    start, end = slot.starts_at.astimezone(PARIS), slot.ends_at.astimezone(PARIS)
    evening = start.replace(hour=NIGHT_STARTS.hour, minute=0, second=0, microsecond=0)
    return not NIGHT_ENDS <= start.time() < NIGHT_STARTS or end > evening


NEEDS = {
    ContactLevel.DATA: N_("Les bénévoles acceptent un engagement de confidentialité."),
    ContactLevel.GROUP: N_(
        "Les bénévoles acceptent un engagement de confidentialité, deux adultes sont toujours présents, "
        "et une personne nommée encadre la mission."
    ),
    ContactLevel.INDIVIDUAL: INDIVIDUAL_REFUSED,
}


def _level_reasons(contact_level: str) -> Iterator[str]:
    if contact_level == ContactLevel.DATA:
        yield _("les bénévoles voient des données personnelles des personnes aidées")
    if contact_level == ContactLevel.INDIVIDUAL:
        yield _("les bénévoles sont en tête-à-tête avec les personnes aidées, ou hors de vos locaux")
    if not contact_level:
        yield _("vous n’avez pas encore dit quel est le contact avec les personnes aidées")


def _exposure_reasons(exposures: Iterable[str] | None) -> Iterator[str]:
    if exposures is None:
        yield _("vous n’avez pas encore répondu aux questions une par une")
    for key in exposures or ():
        yield _("vous avez répondu oui à « {exposure} »").format(exposure=_(EXPOSURES[key]))


def _night_reasons(mission: Mission, slots: Iterable[Slot]) -> Iterator[str]:
    if "night" in mission.day_parts or any(touches_night(slot) for slot in slots if not slot.cancelled_at):
        yield _("elle se passe en partie entre 22 h et 6 h")


def _missing_words(mission: Mission) -> Iterator[tuple[str, str]]:
    if not mission.domain:
        yield "domaine", _("Choisissez un domaine.")
    if not 1 <= len(mission.activities) <= 3:
        yield "domaine", _("Choisissez de une à trois activités.")
    if len(mission.title.split()) < 2:
        yield "presentation", _("Écrivez un titre d’au moins deux mots.")
    if not PRESENTATION_AT_LEAST <= len(mission.presentation) <= PRESENTATION_AT_MOST:
        yield "presentation", _("Écrivez une présentation d’au moins 300 caractères.")
    if not mission.audiences:
        yield "publics", _("Dites qui la mission aide.")


def _missing_place(mission: Mission) -> Iterator[tuple[str, str]]:
    if not mission.place_kind:
        yield "lieu", _("Dites si la mission se fait sur place ou à distance.")
    elif mission.place_kind != PlaceKind.REMOTE:
        if not mission.commune_name:
            yield "lieu", _("Écrivez la commune de la mission.")
        if not mission.address:
            yield "lieu", _("Écrivez l’adresse de la mission.")


def _missing_dates(mission: Mission, slots: Sequence[Slot], now: datetime) -> Iterator[tuple[str, str]]:
    if not mission.timing:
        yield "dates", _("Dites quand la mission se passe.")
    elif mission.timing == Timing.DATED and any(slot.starts_at is None for slot in slots):
        yield "dates", _("Écrivez le jour et l’heure.")
    elif not any(is_applicable(slot, now) for slot in slots):
        yield "dates", _("La date est passée, ou trop proche : on postule jusqu’à deux heures avant.")


def _missing_care(mission: Mission) -> Iterator[tuple[str, str]]:
    if not mission.contact_level:
        yield "cadre", _("Dites quel est le contact avec les personnes aidées.")
    if mission.exposures is None:
        yield "cadre", _("Répondez aux questions une par une.")
    if mission.contact_level == ContactLevel.INDIVIDUAL:
        yield "cadre", _(INDIVIDUAL_REFUSED)
    if mission.contact_level == ContactLevel.GROUP and not mission.two_adults:
        yield "cadre", _("En groupe, deux adultes sont toujours présents : confirmez-le.")


def _missing_conditions(mission: Mission) -> Iterator[tuple[str, str]]:
    if mission.contact_level in NEEDS_UNDERTAKING and not mission.undertaking:
        yield "conditions", _("Ce contact demande un engagement de confidentialité.")
    if not mission.supervisor_name and mission.contact_level == ContactLevel.GROUP:
        yield "conditions", _("En groupe, nommez la personne qui encadre.")
    elif not mission.supervisor_name and mission.minors != Minors.CLOSED:
        yield "conditions", _("Pour accueillir des mineurs, nommez la personne qui encadre.")
    if HONORABILITY in mission.prerequisites and CHILDREN_IN_CARE not in (mission.exposures or ()):
        yield "conditions", _(HONORABILITY_REFUSED)
