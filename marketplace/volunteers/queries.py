"""Reading volunteers."""

from datetime import date

from marketplace.volunteers.tables import BirthDate, Volunteer


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
