"""Writing to one person, or to everybody accepted; and noting what was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace import db
from marketplace.accounts.policies import shown_name
from marketplace.accounts.queries import Viewer
from marketplace.applications import queries as applications
from marketplace.applications.policies import is_minor
from marketplace.applications.queries import Candidacy
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.associations.tables import Association
from marketplace.messages import emails, queries, recipients_queries
from marketplace.messages.errors import AssociationAway, NobodyToWriteTo
from marketplace.messages.tables import Message, Side
from marketplace.missions.places import lock_mission
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission

AT_ONCE = 200  # rows of one statement


@dataclass(frozen=True, slots=True)
class Words:
    """A message: who writes it, and what."""

    author: Viewer
    text: str
    to_all: bool = False

    @property
    def by(self) -> str:
        """What is shown of a member."""
        return shown_name(self.author.first_name, self.author.family_name)


async def write(found: Candidacy, side: Side, words: Words, now: datetime) -> None:
    """Add a message to a thread; the other side gets it by e-mail, a minor's guardian a copy.

    Raises:
        Refusal: the one `queries.why_closed` returns.
    """
    async with db.transaction():
        # a guardian who takes a consent back waits for us, or we for them
        await lock_mission(found.mission.id)
        found = await applications.candidacy(found.application.public_id)
        if refusal := await queries.why_closed(found, now):
            raise refusal
        await Message.insert(_message(found, side, words, now))
        if side == Side.VOLUNTEER:
            await emails.message_to_association(found, words.text, now)
        else:
            await _tell_volunteer(found, words, now)


async def write_to_all(mission: Mission, key: str, words: Words, now: datetime) -> int:
    """Write to everybody of a group of `recipients_queries.groups`, each in their own thread; how many.

    Raises:
        NobodyToWriteTo: nobody accepted is left in it.
        AssociationAway: the association is not verified now.
    """
    async with db.transaction():
        mission = await lock_mission(mission.id)
        association = await Association.objects().get(Association.id == mission.association)
        if association is None or association.status != AssociationStatus.VERIFIED:
            raise AssociationAway
        groups = await recipients_queries.groups(mission, await slots_of(mission.id), now)
        group = next((group for group in groups if group.key == key), None)
        if group is None:
            raise NobodyToWriteTo
        for start in range(0, len(group.applications), AT_ONCE):
            ids = group.applications[start : start + AT_ONCE]
            await _write_each(await recipients_queries.candidacies(ids), words, now)
        return len(group.applications)


async def mark_read(application_id: int, reader: Side, now: datetime) -> None:
    """Note that one side has read what the other wrote."""
    await Message.update({Message.read_at: now}).where(
        (Message.application == application_id) & (Message.side != reader) & Message.read_at.is_null()
    )


async def _write_each(people: Sequence[Candidacy], words: Words, now: datetime) -> None:
    await Message.insert(*(_message(found, Side.ASSOCIATION, words, now) for found in people))
    for found in people:
        await _tell_volunteer(found, words, now)


async def _tell_volunteer(found: Candidacy, words: Words, now: datetime) -> None:
    await emails.message_to_volunteer(found, words.by, words.text, words.to_all, now)
    if is_minor(found.application):
        await emails.message_to_guardian(found, words.by, words.text, now)


def _message(found: Candidacy, side: Side, words: Words, now: datetime) -> Message:
    return Message(
        application=found.application.id,
        side=side,
        author=words.author.account_id,
        text=words.text,
        to_all=words.to_all,
        sent_at=now,
    )
