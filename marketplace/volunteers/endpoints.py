"""One page: what a volunteer says they look for. Nobody else ever reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.text import _
from marketplace.vocabulary import commune_field
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.commune_field import NOWHERE, CommuneField
from marketplace.vocabulary.day_parts import DAY_PARTS
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.rhythms import RHYTHMS
from marketplace.vocabulary.skills import SKILL_GROUPS, SKILLS
from marketplace.volunteers import actions, queries
from marketplace.volunteers.forms import PLACE_KINDS, RADII, RADIUS, PreferencesForm
from marketplace.volunteers.tables import Preferences
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect

COMMUNE_FIELDS = ("commune", "commune_code", "commune_free", "commune_name")
AFTER = "front.for_me"  # saying what one looks for leads to the missions it brings


async def profile(request: Request) -> Response:
    """What one said, to read and change."""
    said = await queries.preferences_of(viewer_of(request).account_id)
    place = CommuneField()
    if said is not None:
        place = commune_field.stored(said.commune_code, said.commune_name, said.postcode, said.department)
    return await _form_page(request, said, place)


async def save_profile(request: Request) -> Response:
    """Keep it; a form without any answer keeps nothing."""
    account = await current_account(request)
    sent = await read(PreferencesForm, request)
    place, columns = await _commune(sent)
    if sent.form is None:
        said = await queries.preferences_of(account.id)
        return await _form_page(request, said, place, sent=sent, status=422)
    if not sent.form.says_something and not columns["commune_name"]:
        await actions.forget_preferences(account)
        return redirect("volunteers.profile")
    await actions.state_preferences(account, {**sent.form.columns(), **columns}, now())
    return redirect(AFTER)


async def forget_profile(request: Request) -> Response:
    """Erase all of it."""
    await actions.forget_preferences(await current_account(request))
    return redirect("volunteers.profile")


async def _commune(sent: Submission[PreferencesForm]) -> tuple[CommuneField, Mapping[str, Any]]:
    """The commune as sent, and its columns: none when nothing is typed, which is fine."""
    found = NOWHERE
    field = CommuneField()
    if any(sent.value(name).strip() for name in COMMUNE_FIELDS):
        field = await commune_field.ask(sent)
        found = field.place or NOWHERE
    return field, {**found.columns, "latitude": found.latitude, "longitude": found.longitude}


async def _form_page(
    request: Request, said: Preferences | None, place: CommuneField, **values: Any
) -> Response:
    return page(
        request,
        "volunteers/profile.html",
        said=said or Preferences(_ignore_missing=True, radius_km=int(RADIUS)),
        is_said=said is not None,
        is_minor=await queries.is_known_minor(viewer_of(request).account_id),
        place=place,
        choices=_choices(),
        **values,
    )


def _choices() -> Mapping[str, Any]:
    """The answers the page offers, as (value, label), by the name of the field; skills by heading."""
    return {
        "skill_groups": [(_(heading), _labelled(SKILLS, keys)) for heading, keys in SKILL_GROUPS.items()],
        "audiences": _labelled(AUDIENCES),
        "domains": _labelled(DOMAINS),
        "place_kinds": _labelled(PLACE_KINDS),
        "radii": [(km, _("{km} km").format(km=km)) for km in RADII],
        "rhythms": _labelled(RHYTHMS),
        "day_parts": _labelled(DAY_PARTS),
    }


def _labelled(labels: Mapping[str, str], keys: Sequence[str] = ()) -> list[tuple[str, str]]:
    return [(key, _(labels[key])) for key in keys or labels]
