"""Reading volunteers."""

from datetime import date

from marketplace.volunteers.tables import BirthDate, Preferences, Volunteer


async def volunteer_of(account_id: int) -> Volunteer | None:
    """The volunteer this account is, if it ever offered time."""
    return await Volunteer.objects().get(Volunteer.account == account_id)


async def birth_date(volunteer_id: int) -> date | None:
    """A minor's birth date; None for an adult."""
    row = await BirthDate.objects().get(BirthDate.volunteer == volunteer_id)
    return row.born_on if row else None


async def is_known_minor(account_id: int) -> bool:
    """Whether this account gave a minor's birth date."""
    volunteer = await volunteer_of(account_id)
    return volunteer is not None and await birth_date(volunteer.id) is not None


async def preferences_of(account_id: int) -> Preferences | None:
    """What this account says it looks for, if it said anything: for the eyes of its holder alone."""
    volunteer = await volunteer_of(account_id)
    if volunteer is None:
        return None
    return await Preferences.objects().get(Preferences.volunteer == volunteer.id)
