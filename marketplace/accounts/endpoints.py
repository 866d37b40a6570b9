"""Pages to sign in and out, and to see to one's account."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marketplace.accounts import actions, queries
from marketplace.accounts.cookies import cookie_name, device, remember, with_cookie
from marketplace.accounts.forms import CodeForm, EmailForm, LanguageForm, NamesForm, SignInForm
from marketplace.accounts.viewers import current_account, viewer_if_any, viewer_of
from marketplace.errors import NotFound
from marketplace.text import N_, _
from marketplace.web import limits, links, urls
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.ids import new_secret
from marketplace.web.pages import page, redirect

ASKS_PER_NETWORK, ASKS_PER_ADDRESS, ASKS_WINDOW = 20, 5, timedelta(hours=1)
TOO_MANY = N_("Trop de demandes en peu de temps. Réessayez dans une heure.")


async def require_account(request: Request) -> Response | None:
    """The guard of pages for somebody signed in: others are asked to sign in, and come back."""
    if viewer_if_any(request):
        return None
    wanted = urls.localised(request.scope["path"]) if request.method == "GET" else ""
    return redirect("accounts.sign_in", next=wanted)


async def sign_in(request: Request) -> Response:
    """Ask for the address."""
    return page(request, "accounts/sign_in.html", next=request.query_params.get("next", ""))


async def ask(request: Request) -> Response:
    """Mail the link and the code; the page that follows is the same for every address."""
    sent = await read(SignInForm, request)
    if sent.form and not await _may_ask(request, sent.form.email):
        sent.refuse("email", _(TOO_MANY))
    if sent.form is None:
        return page(request, "accounts/sign_in.html", status=422, sent=sent, next=sent.value("next"))
    browser = request.cookies.get(cookie_name("browser")) or new_secret()
    next_path = sent.form.next if urls.is_local_path(sent.form.next) and len(sent.form.next) <= 200 else ""
    await actions.ask_sign_in(sent.form.email, browser, next_path, now())
    return with_cookie(redirect("accounts.code"), "browser", browser, actions.LINK_LIFE)


async def code(request: Request) -> Response:
    """Ask for the code."""
    return page(request, "accounts/code.html")


async def enter_code(request: Request) -> Response:
    """Sign in by the code."""
    sent = await read(CodeForm, request)
    browser = request.cookies.get(cookie_name("browser"), "")
    if sent.form:
        if signed_in := await actions.use_code(
            browser, sent.form.code, device(request), now(), _viewer_id(request)
        ):
            return _welcome(signed_in)
        sent.refuse("code", _("Ce code n’est pas le bon. Vérifiez le dernier message reçu."))
    return page(request, "accounts/code.html", status=422, sent=sent)


async def arrive(request: Request) -> Response:
    """The mailed link: it only leads to a button."""
    return links.arrive(request, request.path_params["secret"], "accounts.link")


async def link(request: Request) -> Response:
    """The button that signs in: mail scanners open links, they do not press it."""
    return page(request, "accounts/link.html", link=request.path_params["link"])


async def use_link(request: Request) -> Response:
    """Sign in by the link."""
    signed_in = await actions.use_link(links.held(request), device(request), now(), _viewer_id(request))
    return links.forget(request, _welcome(signed_in))


async def sign_out(request: Request) -> Response:
    """End this session."""
    viewer = viewer_of(request)
    await actions.end_session(viewer.account_id, viewer.session_id)
    response = redirect("front.home")
    response.delete_cookie(cookie_name("session"), path="/")
    return response


async def show(request: Request) -> Response:
    """One's names, address and sessions."""
    return await _account_page(request)


async def update(request: Request) -> Response:
    """Change one's names."""
    account = await current_account(request)
    sent = await read(NamesForm, request)
    if sent.form is None:
        return await _account_page(request, sent, status=422)
    await actions.rename(account, sent.form.first_name, sent.form.family_name)
    wanted = request.query_params.get("next", "")
    if wanted and urls.is_local_path(wanted):
        return RedirectResponse(wanted, status_code=303)
    return redirect("accounts.show")


async def choose_language(request: Request) -> Response:
    """Choose the language of one's e-mails."""
    account = await current_account(request)
    sent = await read(LanguageForm, request)
    if sent.form is None:
        return await _account_page(request, sent, status=422)
    await actions.choose_language(account, sent.form.language)
    return redirect("accounts.show")


async def ask_email_change(request: Request) -> Response:
    """Start a change of address."""
    account = await current_account(request)
    sent = await read(EmailForm, request)
    if sent.form and not await _may_ask(request, sent.form.email):
        sent.refuse("email", _(TOO_MANY))
    if sent.form is None:
        return await _account_page(request, sent, status=422)
    browser = request.cookies.get(cookie_name("browser")) or new_secret()
    await actions.ask_email_change(account, sent.form.email, browser, now())
    return with_cookie(redirect("accounts.code"), "browser", browser, actions.LINK_LIFE)


async def end_session(request: Request) -> Response:
    """Sign another browser out."""
    viewer = viewer_of(request)
    for session in await queries.sessions(viewer.account_id, now()):
        if queries.session_name(session) == request.path_params["session"]:
            await actions.end_session(viewer.account_id, session.id)
            return redirect("accounts.show")
    raise NotFound


async def _account_page(
    request: Request,
    sent: Submission[NamesForm] | Submission[EmailForm] | Submission[LanguageForm] | None = None,
    status: int = 200,
) -> Response:
    viewer = viewer_of(request)
    sessions = [
        (queries.session_name(session), session, session.id == viewer.session_id)
        for session in await queries.sessions(viewer.account_id, now())
    ]
    return page(
        request,
        "accounts/show.html",
        status=status,
        account=await current_account(request),
        sessions=sessions,
        sent=sent,
        next=request.query_params.get("next", ""),
    )


async def _may_ask(request: Request, email: str) -> bool:
    at = now()
    network_ok = await limits.allow(
        "sign-in network", limits.network(request), ASKS_PER_NETWORK, ASKS_WINDOW, at
    )
    address_ok = await limits.allow("sign-in address", email, ASKS_PER_ADDRESS, ASKS_WINDOW, at)
    return network_ok and address_ok


def _welcome(signed_in: actions.SignedIn) -> Response:
    if not signed_in.account.first_name:
        response = redirect("accounts.show", next=signed_in.next_path)
    elif signed_in.next_path:
        response = RedirectResponse(signed_in.next_path, status_code=303)
    else:
        response = redirect("front.space")
    return remember(response, signed_in.token) if signed_in.token else response


def _viewer_id(request: Request) -> int | None:
    viewer = viewer_if_any(request)
    return viewer.account_id if viewer else None
