"""The demonstration's kept e-mails: these pages only exist where `settings.demo` says so."""

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from marketplace import settings
from marketplace.errors import NotFound
from marketplace.mail.tables import Email
from marketplace.moderation import demo_staff
from marketplace.web.clock import now
from marketplace.web.pages import page
from marketplace.web.pagination import cut

LISTED = 25
LINK = re.compile(r"(https?://\S+)")

Words = tuple[str, bool]  # some text of an e-mail, and whether it is a link of the site


async def mails(request: Request) -> Response:
    """Every e-mail, newest first, to everybody or to one address; and how moderators sign in."""
    recipient, before = _typed(request, "pour"), _number(_typed(request, "avant"))
    query = Email.objects().order_by(Email.id, ascending=False).limit(LISTED + 1)
    if recipient:
        query = query.where(Email.recipient == recipient)
    if before:
        query = query.where(Email.id < before)
    found = cut(await query, lambda email: str(email.id), LISTED)
    instant = now()
    staff = [(told, demo_staff.code(told, instant)) for told in demo_staff.DEMO_MODERATORS]
    return page(request, "demo/mails.html", found=found, recipient=recipient, staff=staff)


async def mail(request: Request) -> Response:
    """One e-mail, as text: its links are ours to click."""
    number = _number(request.path_params["email"])
    email = await Email.objects().get(Email.id == number) if number else None
    if email is None:
        raise NotFound
    return page(request, "demo/mail.html", email=email, paragraphs=list(paragraphs(email.text)))


def paragraphs(text: str) -> Iterator[list[list[Words]]]:
    """The paragraphs of a text, their lines, and the pieces of a line."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        yield [list(_pieces(line)) for line in paragraph.strip().split("\n")]


def _pieces(line: str) -> Iterator[Words]:
    for piece in filter(None, LINK.split(line)):
        yield piece, piece.startswith(f"{settings.current().public_url}/")


def _typed(request: Request, name: str) -> str:
    return re.sub("[^\\w.@+-]", "", request.query_params.get(name, ""))[:254]


def _number(typed: str) -> int:
    """A row's number; 0 is nobody's."""
    return int(typed) if re.fullmatch("[0-9]{1,9}", typed) else 0
