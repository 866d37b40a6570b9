"""What happens to every request: its language, and the headers of every answer. Pure ASGI, on purpose:
Starlette's BaseHTTPMiddleware breaks the context variables that transactions live in."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace import settings
from marketplace.text import LANGUAGES, speaking

CONTENT_SECURITY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class Language:
    """French at /, the other languages under their code; the path below is one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        lang, path = LANGUAGES[0], scope["path"]
        for other in LANGUAGES[1:]:
            if path == f"/{other}" or path.startswith(f"/{other}/"):
                lang, path = other, path[len(other) + 1 :] or "/"
        with speaking(lang):
            await self.app({**scope, "path": path, "raw_path": path.encode()}, receive, send)


class Headers:
    """Security headers on every answer; what somebody signed in sees is kept by no cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add(headers: MutableHeaders) -> None:
    # the panel under /admin says its own policy, having a script of its own
    headers.setdefault("content-security-policy", CONTENT_SECURITY)
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "same-origin"
    headers["cross-origin-opener-policy"] = "same-origin"
    headers["permissions-policy"] = "camera=(), geolocation=(), microphone=()"
    headers.setdefault("cache-control", "no-store")
    if settings.current().secure:
        headers["strict-transport-security"] = "max-age=31536000"
