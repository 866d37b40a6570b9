"""Puts the site together; nobody imports it. Served by `python -m marketplace serve`."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from marketplace import db, settings
from marketplace.accounts import queries as accounts
from marketplace.accounts.cookies import session_token
from marketplace.errors import NotFound, Refusal
from marketplace.jobs import clock
from marketplace.moderation import admin
from marketplace.routes import DEMO, ROUTES
from marketplace.schedule import SCHEDULE
from marketplace.text import _
from marketplace.web import routing, urls
from marketplace.web.clock import now
from marketplace.web.middleware import Headers, Language
from marketplace.web.pages import page

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 1_000_000


def create_app() -> Starlette:
    """The whole site as an ASGI application."""
    return Starlette(
        routes=[*_pages(), Mount("/static", _CachedStatic(directory=urls.STATIC_FOLDER)), admin.mount()],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=_hosts(), www_redirect=False),
            Middleware(Headers),
            Middleware(Language),
            Middleware(_Viewers),
        ],
        exception_handlers={
            Refusal: _refused,
            NotFound: _not_found,
            404: _not_found,
            MultiPartException: _malformed,
            HTTPException: _malformed,
            500: _broken,
        },
        lifespan=_lifespan,
        max_body_size=MAX_BODY_BYTES,
    )


def _pages() -> list[BaseRoute]:
    return list(routing.build([*ROUTES, *(DEMO if settings.current().demo else [])]).routes)


def _hosts() -> list[str]:
    host = urlsplit(settings.current().public_url).hostname or ""
    return ["localhost", "127.0.0.1"] if host in ("localhost", "127.0.0.1") else [host]


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    await db.start()
    worker = asyncio.create_task(clock.run_forever(SCHEDULE)) if settings.current().embedded_worker else None
    try:
        yield
    finally:
        if worker:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker
        await db.stop()


class _Viewers:
    """Who looks: read from the session cookie, once per request; no cookie, no query."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            token = session_token(Request(scope))
            scope["viewer"] = await accounts.viewer(token, now()) if token else None
        await self.app(scope, receive, send)


class _CachedStatic(StaticFiles):
    """Files whose address changes with their content may be kept for ever."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return page(
        request,
        "errors/refusal.html",
        status=error.status,
        title=_(error.title),
        message=_(error.message),
        actions=[(_(label), urls.path_for(name, **params)) for label, name, params in error.links],
    )


async def _not_found(request: Request, error: Exception) -> Response:
    return page(request, "errors/not_found.html", status=404)


async def _malformed(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    return page(request, "errors/malformed.html", status=status)


async def _broken(request: Request, error: Exception) -> Response:
    reference = secrets.token_hex(4)
    logger.error("Reference %s", reference, exc_info=error)
    return page(request, "errors/server.html", status=500, reference=reference)
