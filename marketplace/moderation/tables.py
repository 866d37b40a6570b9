"""Moderators, their sessions, and what they decided."""

from datetime import UTC, datetime, timedelta
from typing import Any

from piccolo.apps.user.tables import BaseUser
from piccolo.columns import BigInt, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table
from piccolo_api.session_auth.tables import SessionsBase

from marketplace.associations.tables import Association
from marketplace.missions.tables import Mission
from marketplace.moderation import passwords
from marketplace.moderation.lifecycle import Act
from marketplace.web import clock
from marketplace.web.ids import fingerprint, new_public_id, new_secret

SESSION_LIFE = timedelta(hours=1)  # without a click
SESSION_LIFE_MAX = timedelta(hours=12)  # whatever happens
SEEN_EVERY = timedelta(minutes=5)  # a session is lengthened this often, not at each click


class Moderator(BaseUser, tablename="moderator"):
    """A staff account, apart from the public ones: password and TOTP, always both.

    Piccolo's own hashing (on the event loop) and its password-only login are replaced.
    """

    totp_secret = Varchar(length=200, secret=True)  # encrypted with the site's key
    totp_last_step = BigInt(default=0, secret=True)  # a code works once

    _min_password_length = passwords.MIN_LENGTH

    def __init__(self, **values: Any) -> None:
        super(BaseUser, self).__init__(**values)  # its own would hash what is hashed already

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "password" and value and not value.startswith(passwords.PREFIX):
            raise ValueError("A moderator's row only takes a hashed password.")
        super(BaseUser, self).__setattr__(name, value)

    @classmethod
    def hash_password(cls, password: str, salt: str = "", iterations: int | None = None) -> str:
        """Argon2id, whatever salt or count Piccolo asks for."""
        return passwords.hash_now(password)

    @classmethod
    async def login(cls, username: str, password: str) -> int | None:
        """Nobody: a password alone opens nothing. See `staff.sign_in`."""
        return None


class ModeratorSession(SessionsBase, tablename="moderator_session"):
    """A moderator's session: `token` is the fingerprint of what the cookie holds. Times are naive UTC."""

    @classmethod
    async def open_for(cls, moderator_id: int, now: datetime) -> str:
        """A new session's token: it goes in the cookie and nowhere else."""
        token, at = new_secret(), naive(now)
        await cls.insert(
            cls(
                token=fingerprint(token),
                user_id=moderator_id,
                expiry_date=at + SESSION_LIFE,
                max_expiry_date=at + SESSION_LIFE_MAX,
            )
        )
        return token

    @classmethod
    async def holder(cls, token: str, now: datetime) -> int | None:
        """The moderator's id, if the session still stands; using it lengthens it."""
        at = naive(now)
        session = await cls.objects().get(
            (cls.token == fingerprint(token)) & (cls.expiry_date > at) & (cls.max_expiry_date > at)
        )
        if session is None:
            return None
        longer = min(at + SESSION_LIFE, session.max_expiry_date)
        if longer - session.expiry_date > SEEN_EVERY:
            await cls.update({cls.expiry_date: longer}).where(cls.id == session.id)
        return int(session.user_id)

    @classmethod
    async def create_session(
        cls, user_id: int, expiry_date: datetime | None = None, max_expiry_date: datetime | None = None
    ) -> SessionsBase:
        """Never: Piccolo would store the token itself, for somebody who gave no code."""
        raise NotImplementedError

    @classmethod
    async def get_user_id(cls, token: str, increase_expiry: timedelta | None = None) -> int | None:
        """What the panel asks at each request."""
        return await cls.holder(token, clock.now())

    @classmethod
    async def remove_session(cls, token: str) -> None:
        """End the session of this cookie."""
        await cls.delete().where(cls.token == fingerprint(token))


class Decision(Table):
    """A moderator's recorded act. Append-only."""

    id: Serial
    public_id = Varchar(length=12, unique=True, default=new_public_id)
    moderator = ForeignKey(Moderator, on_delete=OnDelete.restrict, null=False)
    act = Varchar(length=30, choices=Act)
    association = ForeignKey(Association, on_delete=OnDelete.restrict, null=True)
    mission = ForeignKey(Mission, on_delete=OnDelete.restrict, null=True)
    reason = Varchar(length=30)  # a key of vocabulary.reasons; empty for a yes
    created_at = Timestamptz()


class DecisionNote(Table, tablename="decision_note"):
    """The free words beside a decision, shown to the association; can be erased."""

    id: Serial
    decision = ForeignKey(Decision, on_delete=OnDelete.restrict, null=False, unique=True)
    note = Text()


def naive(instant: datetime) -> datetime:
    """The instant in UTC without saying so, as Piccolo's session table stores it."""
    return instant.astimezone(UTC).replace(tzinfo=None)
