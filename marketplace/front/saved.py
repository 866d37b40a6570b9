"""Pages to have the new missions of a search mailed: asking, confirming, pausing, leaving."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.errors import DeadLink
from marketplace.accounts.viewers import current_account, viewer_if_any
from marketplace.discovery import saved_actions, saved_queries
from marketplace.discovery.saved_actions import Wanted
from marketplace.discovery.saved_errors import AdultsOnly
from marketplace.discovery.saved_links import saved_search_of
from marketplace.discovery.saved_mailing import Read
from marketplace.discovery.saved_policies import CONSENT_VERSION, CONSENTS, MOST
from marketplace.discovery.saved_tables import SavedSearch
from marketplace.front.saved_forms import AddressForm, AdultForm, AnyForm, SaveForm
from marketplace.front.saved_words import query_again, query_of, read, said_of
from marketplace.text import N_, _, language
from marketplace.volunteers.queries import is_known_minor
from marketplace.web import forms, limits, links
from marketplace.web.clock import now
from marketplace.web.forms import Submission
from marketplace.web.pages import page, redirect

PER_ADDRESS, A_DAY = 3, timedelta(days=1)
PER_NETWORK, AN_HOUR = 20, timedelta(hours=1)
TOO_MANY = N_("Trop de demandes en peu de temps. Réessayez demain.")
NOT_UNDERSTOOD = N_(
    "Nous ne comprenons pas la commune, l’association ou les dates de cette recherche. "
    "Corrigez-la, puis revenez."
)
MINE = "front.saved_searches"


async def new_saved_search(request: Request) -> Response:
    """Ask how often, and for the consent; the search is this page's query, as on the list of missions."""
    await _adults_only(request)
    return await _form_page(request, query_of(request.query_params.multi_items()))


async def save_search(request: Request) -> Response:
    """Save it for the account, or mail an address the link that confirms it."""
    await _adults_only(request)
    viewer = viewer_if_any(request)
    kind: type[AnyForm] = AddressForm if viewer is None else SaveForm if viewer.is_adult else AdultForm
    sent: Submission[Any] = await forms.read(kind, request)
    query = query_again(sent.value("search"))
    understood = await read(query)
    if sent.form and understood is None:
        sent.refuse("search", _(NOT_UNDERSTOOD))
    if isinstance(sent.form, AddressForm) and not await _may_ask(request, sent.form.email):
        sent.refuse("email", _(TOO_MANY))
    if sent.form is None or understood is None:
        return await _form_page(request, query, sent, status=422)
    return await _save(request, sent.form, Wanted(query, sent.form.frequency, language()), understood)


async def saved_search_asked(request: Request) -> Response:
    """A mail awaits: the same page for every address."""
    return page(request, "front/saved/asked.html")


async def arrive_to_save(request: Request) -> Response:
    """The mailed link: it only leads to a button."""
    return links.arrive(request, request.path_params["secret"], "front.confirming_saved_search")


async def confirming_saved_search(request: Request) -> Response:
    """The button that starts the mails."""
    saved = await saved_queries.waiting_for(links.held(request), now())
    if saved is None:
        raise DeadLink
    link = request.path_params["link"]
    return page(request, "front/saved/confirm.html", link=link, said=await said_of(saved.query))


async def confirm_saved_search(request: Request) -> Response:
    """Start them."""
    await saved_actions.confirm(links.held(request), now())
    return links.forget(request, redirect("front.saved_search_confirmed"))


async def saved_search_confirmed(request: Request) -> Response:
    """They will come."""
    return page(request, "front/saved/confirmed.html")


async def leaving_saved_search(request: Request) -> Response:
    """The link of every such mail, in a browser: a button, since scanners open links; used, it says so."""
    stop = request.path_params["stop"]
    saved = await saved_queries.saved_search(saved_search_of(stop))
    if saved is None or saved.paused_at:
        return page(request, "front/saved/left.html")
    return page(request, "front/saved/leave.html", stop=stop, said=await said_of(saved.query))


async def leave_saved_search(request: Request) -> Response:
    """Stop the mails: this button, or the one that mail programs show (RFC 8058: no cookie, no redirect)."""
    await saved_actions.leave(saved_search_of(request.path_params["stop"]), now())
    return page(request, "front/saved/left.html")


async def saved_searches(request: Request) -> Response:
    """One's saved searches."""
    await _adults_only(request)
    rows = await saved_queries.saved_by(await current_account(request))
    saved = [(row, await said_of(row.query)) for row in rows]
    return page(request, "front/saved/index.html", saved=saved, most=MOST)


async def pause_saved_search(request: Request) -> Response:
    """Send nothing for a while."""
    await saved_actions.pause(await _own(request), now())
    return redirect(MINE)


async def resume_saved_search(request: Request) -> Response:
    """Send again."""
    await _adults_only(request)
    await saved_actions.resume(await _own(request), now())
    return redirect(MINE)


async def delete_saved_search(request: Request) -> Response:
    """Forget it."""
    await saved_actions.delete(await _own(request))
    return redirect(MINE)


async def _own(request: Request) -> SavedSearch:
    account = await current_account(request)
    return await saved_queries.saved_search_of_account(account, request.path_params["search"])


async def _adults_only(request: Request) -> None:
    viewer = viewer_if_any(request)
    if viewer and await is_known_minor(viewer.account_id):
        raise AdultsOnly


async def _form_page(
    request: Request, query: str, sent: Submission[Any] | None = None, status: int = 200
) -> Response:
    understood = await read(query)
    return page(
        request,
        "front/saved/new.html",
        status=status,
        sent=sent,
        query=query,
        said=understood.said if understood else "",
        problem=_(NOT_UNDERSTOOD) if understood is None else "",
        consent=_(CONSENTS[CONSENT_VERSION]),
    )


async def _save(request: Request, form: AnyForm, wanted: Wanted, understood: Read) -> Response:
    if isinstance(form, AddressForm):
        await saved_actions.ask(form.email, wanted, understood.said, now())
        return redirect("front.saved_search_asked")
    await saved_actions.save(await current_account(request), wanted, now())
    return redirect(MINE)


async def _may_ask(request: Request, email: str) -> bool:
    at = now()
    network_ok = await limits.allow("saved search network", limits.network(request), PER_NETWORK, AN_HOUR, at)
    address_ok = await limits.allow("saved search address", email, PER_ADDRESS, A_DAY, at)
    return network_ok and address_ok
