"""A POST must come from a page of ours: by Sec-Fetch-Site, else Origin, else the form's key."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from marketplace import settings
from marketplace.web import form_keys
from marketplace.web.forms import read_form
from marketplace.web.pages import page


async def refusal(request: Request) -> Response | None:
    """The page that says no to a forged POST, or None."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    elif origin not in (None, "null"):
        host = _host(origin or "")
        ours = bool(host) and host in (_host(settings.current().public_url), request.headers.get("host"))
    else:
        # An old browser, or one that hides the origin: only a page of ours knows a key bound to this cookie.
        form = await read_form(request)
        ours = form_keys.belongs(str(form.get("form_key", "")), request)
    return None if ours else page(request, "errors/malformed.html", status=403)


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
