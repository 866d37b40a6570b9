"""Whom the demonstration says to talk to: invented organisations, with numbers that are kept for fiction."""

from datetime import datetime

from marketplace.vocabulary.tables import LocalContact

_HOURS = ("du lundi au vendredi, de 9 h à 17 h", "Monday to Friday, 9:00 to 17:00")
_SHORT = ("mardi et jeudi, de 14 h à 18 h", "Tuesday and Thursday, 14:00 to 18:00")
_CALLED_BACK = (
    "Laissez un message, on vous rappelle le jour même.",
    "Leave a message, we call back the same day.",
)
TOLD = (
    ("59", "La Maison des élans du Nord", "01 99 00 59 10", "elans59", _HOURS, _CALLED_BACK),
    ("44", "L’Escale bénévole de Loire-Atlantique", "01 99 00 44 20", "escale44", _HOURS, ("", "")),
    ("69", "Le Comptoir du temps donné", "01 99 00 69 30", "comptoir69", _SHORT, _CALLED_BACK),
    ("31", "Le Kiosque des bonnes volontés", "01 99 00 31 40", "kiosque31", _HOURS, ("", "")),
    ("974", "La Case des coups de main", "01 99 00 97 50", "case974", _SHORT, ("", "")),
    ("", "La ligne d’accueil des Missions ouvertes", "01 99 00 00 60", "accueil", _HOURS, _CALLED_BACK),
)


async def write(now: datetime) -> None:
    """One for some départements, and the one who answers for all the others."""
    for department, organisation, phone, mailbox, hours, notes in TOLD:
        await LocalContact(
            department=department,
            organisation=organisation,
            phone=phone,
            email=f"{mailbox}@example.org",
            hours=hours[0],
            hours_en=hours[1],
            notes=notes[0],
            notes_en=notes[1],
            is_backup=not department,
        ).save()
