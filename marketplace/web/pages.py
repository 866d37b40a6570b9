"""From a template and its values to an answer."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marketplace import settings
from marketplace.text import LANGUAGES, _, language, ngettext
from marketplace.web import dates, form_keys, markdown, urls

TEMPLATES_FOLDER = Path(__file__).parent.parent.parent / "templates"


@cache
def environment() -> Environment:
    """The one Jinja environment: pages and e-mails; drawings of static/img are included too."""
    env = Environment(
        loader=FileSystemLoader([TEMPLATES_FOLDER, urls.STATIC_FOLDER]),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(
        day=dates.day,
        short_day=dates.short_day,
        moment=dates.moment,
        latest=dates.latest,
        when=dates.when,
        markdown=markdown.render,
        french=markdown.french,
    )
    env.globals.update(url_for=urls.path_for, static=urls.static)
    return env


@cache
def plain_environment() -> Environment:
    """The same for plain text, where the line end after a tag counts."""
    return environment().overlay(trim_blocks=False)


def render(template: str, values: Mapping[str, Any]) -> str:
    """The template's text in the language being spoken."""
    if template.endswith(".txt"):
        return re.sub(r"\n{3,}", "\n\n", plain_environment().get_template(template).render(values))
    return environment().get_template(template).render(values)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page, with what every page knows: who looks, the language, the form's key."""
    html = render(
        template,
        {
            "request": request,
            "lang": language(),
            # of what associations write, on a page in another language: a screen reader changes its voice
            "in_french": Markup("") if language() == LANGUAGES[0] else Markup(' lang="fr"'),
            "switch_url": _switch_url(request),
            "site_name": settings.current().site_name,
            "contact_email": settings.current().contact_email,
            "viewer": request.scope.get("viewer"),
            "moderator": request.scope.get("moderator"),
            "sent": None,
            "demo": settings.current().demo,
            "form_key": lambda: form_keys.new_key(request),
        }
        | values,
    )
    return HTMLResponse(html, status_code=status)


def redirect(name: str, /, **params: object) -> Response:
    """See other: the page that shows what was just done."""
    return RedirectResponse(urls.path_for(name, **params), status_code=303)


def _switch_url(request: Request) -> str:
    other = next(lang for lang in LANGUAGES if lang != language())
    query = request.url.query
    path = "/" + quote(request.scope["path"]).lstrip("/") if request.method == "GET" else "/"
    return urls.localised(path, other) + (f"?{query}" if query and request.method == "GET" else "")
