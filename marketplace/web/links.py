"""Links from e-mails: the secret leaves the address bar for a cookie of its own, and GET changes nothing."""

from starlette.requests import Request
from starlette.responses import Response

from marketplace import settings
from marketplace.web.ids import fingerprint
from marketplace.web.pages import redirect

COOKIE_SECONDS = 60 * 60  # long enough to read, think and answer


def arrive(request: Request, secret: str, name: str) -> Response:
    """Send the visitor to the route `name`, whose `{link}` is a name for the secret, not the secret."""
    link = fingerprint(secret)[:16]
    response = redirect(name, link=link)
    response.set_cookie(
        f"link_{link}",
        secret,
        max_age=COOKIE_SECONDS,
        path="/",
        secure=settings.current().secure,
        httponly=True,
        samesite="lax",
    )
    return response


def held(request: Request) -> str:
    """The secret behind the `{link}` of this URL, or '' (which opens nothing)."""
    return request.cookies.get(f"link_{request.path_params['link']}", "")


def forget(request: Request, response: Response) -> Response:
    """The same answer, after which this browser no longer holds the secret."""
    response.delete_cookie(f"link_{request.path_params['link']}", path="/")
    return response
