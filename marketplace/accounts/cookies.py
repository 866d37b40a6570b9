"""The cookies of somebody who signs in, and what is kept of their browser's name."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from marketplace import settings
from marketplace.accounts.actions import SESSION_LIFE


def session_token(request: Request) -> str:
    """What this browser says its session is, or ''."""
    return request.cookies.get(cookie_name("session"), "")


def remember(response: Response, token: str) -> Response:
    """The answer, which also signs this browser in."""
    return with_cookie(response, "session", token, SESSION_LIFE)


def cookie_name(name: str) -> str:
    """`name` as the browser knows it: bound to our host where there is HTTPS."""
    return f"__Host-{name}" if settings.current().secure else name


def with_cookie(response: Response, name: str, value: str, life: timedelta) -> Response:
    """The answer, which also sets this cookie."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=int(life.total_seconds()),
        path="/",
        secure=settings.current().secure,
        httponly=True,
        samesite="lax",
    )
    return response


def device(request: Request) -> str:
    """The browser and the system, in two words: enough to recognise one's phone."""
    agent = request.headers.get("user-agent", "")
    browser = next((b for b in ("Firefox", "Edg", "OPR", "Chrome", "Safari") if b in agent), "")
    system = next((s for s in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux") if s in agent), "")
    return " · ".join(
        word for word in ({"Edg": "Edge", "OPR": "Opera"}.get(browser, browser), system) if word
    )
