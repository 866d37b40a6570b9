"""Databases in which the jobs that send, index, count and forget have something to do."""

from datetime import datetime, timedelta
from typing import Any

from marketplace import db
from marketplace.accounts.tables import Session
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Silence
from marketplace.associations.tables import AbsentDay
from marketplace.lifecycle import By, note
from marketplace.mail import outbox
from marketplace.moderation.tables import ModeratorSession
from marketplace.web import limits
from marketplace.web.clock import paris_day
from marketplace.web.ids import fingerprint, new_secret
from marketplace.web.tables import SentForm
from tests import make
from tests.make import NOW, after


async def mails() -> datetime:
    for number in range(12):
        await outbox.post("email_changed", to=f"p{number}@example.org", lang="fr", now=NOW)
    return NOW


async def changed_missions() -> datetime:
    for _ in range(3):
        await make.mission()
    return NOW


async def silences() -> datetime:
    association = await make.association()
    for days in (1, 30, 91):
        day = paris_day(NOW - timedelta(days=days))
        await Silence(association=association.id, on_day=day).save()
        await AbsentDay(association=association.id, on_day=day).save()
    return NOW


async def unconfirmed_search() -> datetime:
    for days in (8, 1):
        never = dict.fromkeys(("confirmed_at", "number", "seen_until", "next_due_at"))
        await make.saved_search(email=f"in{days}@example.org", created_at=after(days=-days), **never)
    return NOW


async def open_missions() -> datetime:
    for places in (1, 2):
        await make.application(await make.mission(places=places), status=Status.ACCEPTED)
    return NOW


async def favourites() -> datetime:
    account = await make.account()
    for days in (-100, -10):
        await make.favourite(account, await make.mission(starts_at=after(days=days)))
    return NOW


async def answered() -> datetime:
    mission = await make.mission(places=8)
    for _ in range(7):
        application = await make.application(mission, status=Status.ACCEPTED)
        await note("application", application.id, "pending", "accepted", By.ASSOCIATION, after(days=2))
    return after(days=3)


async def invitations() -> datetime:
    association = await make.association()
    for days in (-40, -1):
        await make.invitation(association, expires_at=after(days=days))
    return NOW


async def old_mails() -> datetime:
    await mails()
    await db.fetch("UPDATE email SET sent_at = {} WHERE id <= 4 RETURNING id", after(days=-31))
    return NOW


async def sessions() -> datetime:
    account = await make.account()
    for days in (-1, 20):
        about: dict[str, Any] = {"token_hash": fingerprint(new_secret()), "created_at": NOW, "seen_at": NOW}
        await Session(account=account.id, expires_at=after(days=days), **about).save()
    return NOW


async def staff_sessions() -> datetime:
    moderator = await make.moderator()
    for days in (-1, 20):
        until: dict[Any, Any] = {"expiry_date": after(days=days).replace(tzinfo=None)}
        until["max_expiry_date"] = until["expiry_date"]
        await ModeratorSession(user_id=moderator.id, token=fingerprint(new_secret()), **until).save()
    return NOW


async def attempts() -> datetime:
    for days in (-6, 2):
        await limits.allow("test", "somebody", 5, timedelta(hours=1), after(days=days))
    return NOW


async def sent_forms() -> datetime:
    for days in (-30, 0):
        await SentForm(key_hash=fingerprint(new_secret()), location="/", created_at=after(days=days)).save()
    return NOW
