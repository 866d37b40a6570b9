"""Every route × every kind of person, generated from the route table; and forged POSTs to each of them."""

import re

import pytest

from marketplace.routes import ROUTES
from marketplace.web.routing import Route
from tests.access.matrix import DOOR, MATRIX, STAFF_DOOR, Answer
from tests.client import Client, Page
from tests.people import MODERATOR, PEOPLE, World

DOORS = {"/connexion": DOOR, "/admin/connexion": STAFF_DOOR}
BY_NAME = {route.name: route for route in ROUTES}
POSTS = [name for name, route in BY_NAME.items() if route.url.method == "POST" and not route.url.keyless]
KNOWN = [name for name in BY_NAME if name in MATRIX]
LET_IN = {"moderators": {MODERATOR}}  # their sign-out leads to their door, having let them in
NOBODYS = "zzzzzzzzzzzz"  # an id no row has


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(BY_NAME) - set(MATRIX) == set(), "routes without a row: see tests/access/matrix.py"
    assert set(MATRIX) - set(BY_NAME) == set(), "rows without a route"
    assert len(BY_NAME) == len(ROUTES)


def test_every_row_says_what_each_kind_of_person_gets() -> None:
    assert {name: set(row.expected) ^ set(PEOPLE) for name, row in MATRIX.items()} == {
        name: set() for name in MATRIX
    }


def test_only_mail_programs_post_without_a_page_of_ours() -> None:
    assert [route.name for route in ROUTES if route.url.keyless] == ["front.leave_saved_search"]


def test_every_group_of_routes_has_a_guard_that_is_the_same_for_all_of_them() -> None:
    guards = {(route.group, route.guard) for route in ROUTES}

    assert len(guards) == len({group for group, _ in guards})


@pytest.mark.parametrize("name", KNOWN)
async def test_who_gets_what(client: Client, made: World, name: str) -> None:
    row, route = MATRIX[name], BY_NAME[name]
    got = {}

    for person in sorted(PEOPLE, key=lambda person: str(row.expected[person]) != "404"):
        browser = await made.browser(client, person)
        got[person] = answer_of(await call(browser, route, path_of(route, made)))

    assert got == row.expected


@pytest.mark.parametrize("name", [name for name in KNOWN if 404 in MATRIX[name].expected.values()])
async def test_what_is_somebody_elses_looks_like_what_does_not_exist(
    client: Client, made: World, name: str
) -> None:
    route = BY_NAME[name]
    barred = [person for person, answer in MATRIX[name].expected.items() if answer == 404]
    browser = await made.browser(client, barred[0])

    there = await call(browser, route, path_of(route, made))
    nowhere = await call(browser, route, re.sub(r"{\w+}", NOBODYS, route.url.path))

    assert (there.status, there.text) == (nowhere.status, nowhere.text) == (404, nowhere.text)


@pytest.mark.parametrize("name", [name for name in POSTS if name in MATRIX])
async def test_a_post_without_the_key_of_a_form_does_nothing(client: Client, made: World, name: str) -> None:
    row, route = MATRIX[name], BY_NAME[name]
    got = {}

    for person in PEOPLE:
        browser = await made.browser(client, person)
        got[person] = answer_of(await browser.post(path_of(route, made), row.data))

    doors = set(DOORS.values())
    assert got == {
        person: answer if answer in doors and person not in LET_IN.get(route.group, ()) else 400
        for person, answer in row.expected.items()
    }


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}]
)
async def test_a_post_from_another_site_does_nothing(
    client: Client, made: World, headers: dict[str, str]
) -> None:
    got = {}

    for person in PEOPLE:
        browser = await made.browser(client, person)
        key = (await browser.get("/connexion")).form_key
        for name in POSTS:
            path = path_of(BY_NAME[name], made)
            data = {"form_key": key, **(MATRIX[name].data if name in MATRIX else {})}
            got[person, name] = (await browser.post(path, data, headers=headers)).status

    assert {who: status for who, status in got.items() if status != 403} == {}


async def test_a_path_answers_its_own_methods_only(client: Client, made: World) -> None:
    methods: dict[str, set[str]] = {}
    for route in ROUTES:
        methods.setdefault(path_of(route, made), set()).add(route.url.method)
    wrong = []

    for path, known in methods.items():
        for method in {"POST", "PUT", "PATCH", "DELETE"} - known:
            status = (await client.http.request(method, path)).status_code
            wrong += [f"{method} {path}: {status}"] if status not in (401, 404, 405) else []

    assert wrong == []


async def call(browser: Client, route: Route, path: str) -> Page:
    """Open the page, or send the form with a key of this browser's."""
    if route.url.method == "GET":
        return await browser.get(path, None)
    key = (await browser.get("/connexion")).form_key
    row = MATRIX[route.name]
    return await browser.post(path, {"form_key": key, **row.data})


def path_of(route: Route, made: World) -> str:
    """The route's path about rows that exist."""
    named = MATRIX[route.name].ids if route.name in MATRIX else {}
    return re.sub(r"{(\w+)}", lambda part: made.ids[named.get(part[1], part[1])], route.url.path)


def answer_of(page: Page) -> Answer:
    """The status, or which door the person was sent to."""
    if page.status != 303:
        return page.status
    return DOORS.get(page.location.split("?")[0], 303)
