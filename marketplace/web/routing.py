"""The access map: a URL only counts once a group says who may call it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.routing import Router

from marketplace.errors import NotFound
from marketplace.web import csrf, sent_forms, urls

PATH_VALUE = re.compile(r"[A-Za-z0-9._~-]{1,300}")
Endpoint = Callable[[Request], Awaitable[Response]]
Guard = Callable[[Request], Awaitable[Response | None]]


@dataclass(frozen=True, slots=True)
class Unguarded:
    """A URL nobody may call yet: a group makes it a `Route`."""

    method: str
    path: str
    endpoint: Endpoint
    name: str
    keyless: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A URL, what answers it, and who may call it."""

    url: Unguarded
    group: str
    guard: Guard

    @property
    def name(self) -> str:
        """feature.endpoint"""
        return self.url.name


def get(path: str, endpoint: Endpoint) -> Unguarded:
    """A page. GET changes nothing."""
    return Unguarded("GET", path, endpoint, _name(endpoint))


def post(path: str, endpoint: Endpoint, *, keyless: bool = False) -> Unguarded:
    """A form's action: it must come from a page of ours, with the page's one-time key.

    `keyless` is for mail programs, which have neither (RFC 8058): where the request comes from and the form's
    key are not looked at. Its path must carry a signed token, and doing it twice must change nothing more.
    """
    return Unguarded("POST", path, endpoint, _name(endpoint), keyless)


def group(name: str, guard: Guard) -> Callable[..., list[Route]]:
    """A kind of person: the guard answers in their place when they may not call the URL."""

    def guarded(*urls_of_the_group: Unguarded) -> list[Route]:
        return [Route(url, name, guard) for url in urls_of_the_group]

    return guarded


def build(routes: list[Route]) -> Router:
    """The router of these routes; their names become known to `urls.path_for`."""
    register(routes)
    return Router([_starlette_route(route) for route in routes], redirect_slashes=False)


def register(routes: list[Route]) -> None:
    """Make the routes' names known to `urls.path_for`: e-mails hold links, wherever they are written."""
    urls.register((route.name, route.url.path) for route in routes)


def _starlette_route(route: Route) -> StarletteRoute:
    async def answer(request: Request) -> Response:
        if not _is_readable(request):
            raise NotFound
        of_a_page = route.url.method == "POST" and not route.url.keyless
        if of_a_page and (no := await csrf.refusal(request)):
            return no
        if no := await route.guard(request):
            return no
        if of_a_page:
            return await sent_forms.once(request, route.url.endpoint)
        return await route.url.endpoint(request)

    return StarletteRoute(route.url.path, answer, methods=[route.url.method], name=route.name)


def _is_readable(request: Request) -> bool:
    """Whether the address is one we could have made: no database accepts a NUL, for instance."""
    return all(PATH_VALUE.fullmatch(str(value)) for value in request.path_params.values())


def _name(endpoint: Endpoint) -> str:
    return f"{endpoint.__module__.split('.')[1]}.{endpoint.__name__}"
