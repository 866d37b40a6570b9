"""Reading the visitors who have not confirmed their address yet."""

from marketplace.applications.tables import Applicant
from marketplace.missions.tables import Mission
from marketplace.web.ids import fingerprint


async def applicant_by_link(secret: str) -> Applicant | None:
    """Who a confirmation link is for, while the hold stands."""
    return await Applicant.objects().get(Applicant.link_hash == fingerprint(secret))


async def applicant_by_email(email: str) -> Applicant | None:
    """Who holds places with this address."""
    return await Applicant.objects().get(Applicant.email == email)


async def mission_title(secret: str) -> str:
    """What a confirmation link is about, or '' once the hold is gone."""
    if applicant := await applicant_by_link(secret):
        row = await Mission.select(Mission.title).where(Mission.id == applicant.mission).first()
        return str(row["title"]) if row else ""
    return ""
