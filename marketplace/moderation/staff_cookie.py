"""The cookie of a moderator's session: it goes nowhere but under /admin."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace import settings
from marketplace.moderation.tables import SESSION_LIFE_MAX

COOKIE = "id"  # the name the panel looks for
PATH = "/admin"


def held(request: Request) -> str:
    """The token this browser holds, or ''."""
    return request.cookies.get(COOKIE, "")


def give(response: Response, token: str) -> Response:
    """Let the browser hold a session. Strict: a link from elsewhere never acts as a moderator."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LIFE_MAX.total_seconds()),
        path=PATH,
        secure=settings.current().secure,
        httponly=True,
        samesite="strict",
    )
    return response


def take_back(response: Response) -> Response:
    """Forget it."""
    response.delete_cookie(COOKIE, path=PATH)
    return response
