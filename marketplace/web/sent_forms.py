"""A form sent twice is answered once: the second gets the first one's destination."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marketplace import db
from marketplace.web import form_keys
from marketplace.web.clock import now
from marketplace.web.forms import read_form
from marketplace.web.ids import fingerprint
from marketplace.web.pages import page
from marketplace.web.tables import SentForm

ABANDONED_AFTER = timedelta(seconds=30)  # a process died while answering
WAITS = 100  # × 0.05 s, while the first click is being answered


async def once(request: Request, endpoint: Callable[[Request], Awaitable[Response]]) -> Response:
    """The endpoint's answer, unless this form was sent already.

    Only an answer that redirects (something was done) is remembered: a page sent back with errors
    may be sent again.
    """
    form = await read_form(request)
    key = form.get("form_key")
    if not isinstance(key, str) or not form_keys.is_ours(key):
        return page(request, "errors/malformed.html", status=400)
    key_hash = fingerprint(key)
    if not await _claim(key_hash, now()):
        return await _earlier_answer(request, key_hash)
    location = None
    try:
        response = await endpoint(request)
        location = response.headers.get("location") if response.status_code == 303 else None
    finally:
        await _settle(key_hash, location)
    return response


async def forget_old(at: datetime) -> None:
    """Remove the keys that no form can bear any more."""
    await SentForm.delete().where(SentForm.created_at < at - form_keys.FORM_LIFE)


async def _claim(key_hash: str, at: datetime) -> bool:
    rows = await db.fetch(
        """INSERT INTO sent_form (key_hash, location, created_at) VALUES ({}, NULL, {})
        ON CONFLICT (key_hash) DO UPDATE SET created_at = excluded.created_at
            WHERE sent_form.location IS NULL AND sent_form.created_at < {}
        RETURNING id""",
        key_hash,
        at,
        at - ABANDONED_AFTER,
    )
    return bool(rows)


async def _settle(key_hash: str, location: str | None) -> None:
    if location is None:
        await SentForm.delete().where(SentForm.key_hash == key_hash)
    else:
        await SentForm.update({SentForm.location: location}).where(SentForm.key_hash == key_hash)


async def _earlier_answer(request: Request, key_hash: str) -> Response:
    for _ in range(WAITS):
        row = await SentForm.objects().get(SentForm.key_hash == key_hash)
        if row is None:  # the first click was sent back with errors
            break
        if row.location:
            return RedirectResponse(row.location, status_code=303)
        await asyncio.sleep(0.05)
    return page(request, "errors/malformed.html", status=409)
