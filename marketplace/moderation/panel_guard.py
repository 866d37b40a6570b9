"""What stands around the panel: our sign-in before it, only the addresses it needs, and its own policy."""

import logging
import re
import sqlite3

import asyncpg
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.moderation.staff import moderator_of
from marketplace.moderation.staff_cookie import held
from marketplace.text import LANGUAGES, speaking
from marketplace.web.clock import now
from marketplace.web.pages import redirect

logger = logging.getLogger(__name__)

# What the signed-in panel asks for. Its own sign-in, its documentation (which calls a CDN), its
# forms, media and change of password are not among them.
READABLE = re.compile(
    r"/|/assets/[\w.-]+|/public/meta/|/public/translations/(\w+/)?"
    r"|/api/(user|links|tables|tables/grouped|forms|forms/grouped)/"
    r"|/api/tables/\w+/((schema|ids|count|references|\d+)/)?"
    r"|/api/tables/local_contact/new/"
)
# The writes of the panel's own form, to the one table that has any. No PUT: it skips every check.
WRITES = re.compile(
    r"POST /api/tables/local_contact/|(PATCH|DELETE) /api/tables/local_contact/[0-9]{1,9}/", re.ASCII
)
# What its API lets through when a filter, an order or a page number means nothing. Reading breaks no rule
# of the database, and what a write would break is answered by the panel itself.
UNREADABLE = (ValueError, OverflowError, sqlite3.IntegrityError, asyncpg.DataError)
SIGN_OUT = "/public/logout/"
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class PanelGuard:
    """Pure ASGI. Nothing reaches the panel without a moderator's session; writes reach `writable` alone."""

    def __init__(self, app: ASGIApp, writable: ASGIApp) -> None:
        self.app = app
        self.writable = writable

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        no = await _refusal(request, path)
        if no is not None:
            await no(scope, receive, send)
            return
        app = self.writable if _writes(request.method, path) else self.app
        await _answer(app, scope, receive, _with_headers(send, path))


async def _answer(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    started = False

    async def noticing(message: Message) -> None:
        nonlocal started
        started = True
        await send(message)

    try:
        await app(scope, receive, noticing)
    except UNREADABLE as error:
        if started:
            raise
        logger.info("The panel could not read a query: %s", error)
        await JSONResponse({"detail": "Requête illisible."}, 400)(scope, receive, send)


async def _refusal(request: Request, path: str) -> Response | None:
    if await moderator_of(held(request), now()) is None:
        if path == "/":
            with speaking(LANGUAGES[0]):  # the cookie goes to the French addresses only
                return redirect("moderation.sign_in")
        return JSONResponse({"error": "Auth failed"}, status_code=401)
    if (path == SIGN_OUT and request.method == "POST") or _writes(request.method, path):
        return None
    if not READABLE.fullmatch(path):
        return PlainTextResponse("404", status_code=404)
    if request.method not in ("GET", "HEAD"):
        return JSONResponse({"detail": "Read-only."}, 405, {"allow": "GET, HEAD"})
    return None


def _writes(method: str, path: str) -> bool:
    return bool(WRITES.fullmatch(f"{method} {path}"))


def _with_headers(send: Send, path: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["content-security-policy"] = CONTENT_SECURITY
            if path.startswith("/assets/"):  # named by their content
                headers["cache-control"] = "private, max-age=604800"
            _keep_cookies_under_admin(message)
        await send(message)

    return sending


def _keep_cookies_under_admin(message: Message) -> None:
    """Its own cookies go to the whole site; ours are narrower, and signing out must remove ours."""
    message["headers"] = [
        (name, value.replace(b"Path=/;", b"Path=/admin;") if name == b"set-cookie" else value)
        for name, value in message["headers"]
    ]
