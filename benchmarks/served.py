"""The site with one more page, which renders again from memory what the search page rendered before."""

from itertools import count
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace.app import create_app as create_site
from marketplace.front import search
from marketplace.web.pages import page

TEMPLATE = "front/missions.html"
MOST_KEPT = 100


def create_app() -> Starlette:
    """For uvicorn: `/memory` shows in turn the pages of the first hundred searches."""
    kept: list[dict[str, Any]] = []
    turn = count()

    def keeping(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        if template == TEMPLATE and len(kept) < MOST_KEPT:
            kept.append(values)
        return page(request, template, status=status, **values)

    async def memory(request: Request) -> Response:
        return page(request, TEMPLATE, **kept[next(turn) % len(kept)])

    search.page = keeping  # type: ignore[attr-defined]
    site = create_site()
    site.router.routes.insert(0, Route("/memory", memory))
    return site
