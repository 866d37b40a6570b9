"""The door of moderators: password and code, both on one page, and one answer to anything wrong."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from marketplace.moderation import staff, staff_cookie
from marketplace.moderation.forms import StaffSignInForm
from marketplace.text import LANGUAGES, N_, _, language, speaking
from marketplace.web import limits
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect

TRIES_PER_NETWORK, TRIES_PER_NAME, TRIES_PER_NAME_EVERYWHERE = 30, 10, 100
TRIES_WINDOW = timedelta(minutes=15)
WRONG = N_(
    "Le nom, le mot de passe ou le code n’est pas le bon. Un code ne sert qu’une fois : attendez le suivant."
)
TOO_MANY = N_("Trop d’essais en peu de temps. Réessayez dans un quart d’heure.")


async def require_moderator(request: Request) -> Response | None:
    """The guard of moderators' pages; a public session counts for nothing here."""
    moderator = await staff.moderator_of(staff_cookie.held(request), now())
    if moderator is None:
        return _to_the_door()
    request.scope["moderator"] = moderator
    return None


async def sign_in(request: Request) -> Response:
    """Ask for the three. The staff's pages are in French only: the cookie goes nowhere else."""
    if language() != LANGUAGES[0]:
        return _to_the_door()
    if await staff.moderator_of(staff_cookie.held(request), now()):
        return redirect("moderation.queue")
    return page(request, "moderation/sign_in.html")


async def enter(request: Request) -> Response:
    """Sign in, or say that something is wrong."""
    sent = await read(StaffSignInForm, request)
    sent.data = {"username": sent.values("username")}  # neither the password nor the code is shown again
    if not await _may_try(request, sent.value("username")):
        return _again(request, sent, _(TOO_MANY))
    form = sent.form or StaffSignInForm()
    token = await staff.sign_in(form.username, form.password, form.code.replace(" ", ""), now())
    if token is None:
        return _again(request, sent, _(WRONG))
    return staff_cookie.give(redirect("moderation.queue"), token)


async def sign_out(request: Request) -> Response:
    """End this session."""
    await staff.sign_out(staff_cookie.held(request))
    return staff_cookie.take_back(redirect("moderation.sign_in"))


def _to_the_door() -> Response:
    with speaking(LANGUAGES[0]):
        return redirect("moderation.sign_in")


def _again(request: Request, sent: Submission[StaffSignInForm], message: str) -> Response:
    sent.errors.clear()
    sent.refuse("username", message)
    return page(request, "moderation/sign_in.html", status=422, sent=sent)


async def _may_try(request: Request, username: str) -> bool:
    at, name, network = now(), username.strip().lower()[:200], limits.network(request)
    counted = [
        await limits.allow("staff network", network, TRIES_PER_NETWORK, TRIES_WINDOW, at),
        # few from one network, so that somebody elsewhere cannot keep a moderator out
        await limits.allow("staff name there", f"{name} {network}", TRIES_PER_NAME, TRIES_WINDOW, at),
        await limits.allow("staff name", name, TRIES_PER_NAME_EVERYWHERE, TRIES_WINDOW, at),
    ]
    return all(counted)
