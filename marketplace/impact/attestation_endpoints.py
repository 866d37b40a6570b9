"""One's hours and attestations, and the page where anyone checks a code."""

import asyncio
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.policies import shown_name
from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.applications.attendance_policies import duration
from marketplace.errors import NotFound
from marketplace.impact import attestation_actions, attestation_document, attestation_policies
from marketplace.impact import attestation_queries as queries
from marketplace.impact.attestation_errors import TooManyChecks
from marketplace.web import limits
from marketplace.web.clock import now
from marketplace.web.pages import page, redirect

CHECKS, AN_HOUR = 60, timedelta(hours=1)  # by one network
LONGEST_CODE = 40  # as typed, with its spaces and hyphens


async def hours(request: Request) -> Response:
    """The time one gave, by year and association, and the attestations made of it."""
    account = viewer_of(request).account_id
    return page(
        request,
        "impact/attestations.html",
        years=attestation_policies.years(await queries.given(account)),
        made=await queries.attestations_of(account),
        duration=duration,
        shown_code=attestation_policies.shown_code,
    )


async def make_attestation(request: Request) -> Response:
    """Freeze the hours of a year for one association."""
    account = await current_account(request)
    association, year = request.path_params["association"], _year(request.path_params["year"])
    await attestation_actions.attest(account, association, year, now())
    return redirect("impact.hours")


async def attestation(request: Request) -> Response:
    """The document, for the person it is about."""
    row = await queries.own_attestation(viewer_of(request).account_id, request.path_params["code"])
    document = await asyncio.to_thread(attestation_document.written, row)
    name = f'attachment; filename="attestation-{row.year}-{row.code}.pdf"'
    return Response(document, media_type="application/pdf", headers={"content-disposition": name})


async def check_attestation(request: Request) -> Response:
    """Anyone types the code of a document, and reads what it attests."""
    typed = "".join(filter(str.isprintable, request.query_params.get("code", "")))[:LONGEST_CODE]
    if not typed:
        return page(request, "impact/attestation_check.html", typed="", row=None)
    network = limits.network(request)
    if not await limits.allow("attestation", network, CHECKS, AN_HOUR, now()):
        raise TooManyChecks
    row = await queries.attestation_by_code(attestation_policies.code_of(typed))
    return page(
        request,
        "impact/attestation_check.html",
        typed=typed,
        row=row,
        name=shown_name(row.first_name, row.family_name) if row else "",
        minutes_today=await queries.minutes_today(row) if row else 0,
        replaced=row is not None and await queries.is_replaced(row),
        duration=duration,
        shown_code=attestation_policies.shown_code,
    )


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise NotFound
    return int(text)
