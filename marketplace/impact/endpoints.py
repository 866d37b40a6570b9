"""The public statistics, and the figures that members see."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.associations import queries as associations
from marketplace.impact import member_lines, policies, public_lines, queries
from marketplace.impact.figure_queries import Figures, association_figures, mission_figures
from marketplace.missions import drafts
from marketplace.web.clock import now, paris_day
from marketplace.web.pages import page
from marketplace.web.spreadsheet import written

ON_A_CHART = 12  # missions


async def statistics(request: Request) -> Response:
    """What is published, and when it was counted."""
    found = await queries.published()
    start, end = policies.period(found.computed_at if found else now())
    return page(
        request,
        "impact/statistics.html",
        found=found,
        lines=public_lines,
        first_day=paris_day(start),
        last_day=paris_day(end - timedelta(days=1)),
    )


async def statistics_csv(request: Request) -> Response:
    """The same for a spreadsheet."""
    text = written(public_lines.spreadsheet(await queries.published()))
    name = f'attachment; filename="statistiques-{paris_day(now()):%Y-%m-%d}.csv"'
    return Response(text, media_type="text/csv", headers={"content-disposition": name})


async def association(request: Request) -> Response:
    """An association's figures, for all its members."""
    row = await associations.member_association(
        viewer_of(request).account_id, request.path_params["association"], associations.EVERYONE
    )
    newest = await drafts.own_missions(row, "", now())
    missions = [one for one in newest if one.mission.published_at and one.places][:ON_A_CHART]
    return page(
        request,
        "impact/association.html",
        association=row,
        missions=missions,
        **_about(await association_figures(row.id)),
    )


async def mission(request: Request) -> Response:
    """A mission's figures, for all the members of its association."""
    row = await drafts.member_mission(
        viewer_of(request).account_id, request.path_params["mission"], associations.EVERYONE
    )
    return page(
        request,
        "impact/mission.html",
        mission=row,
        association=await associations.fresh(row.association),
        **_about(await mission_figures(row.id)),
    )


def _about(figures: Figures) -> dict[str, Any]:
    return {
        "figures": figures,
        "lines": member_lines,
        "by_group": member_lines.by_group(figures),
        "by_days": member_lines.by_days(figures),
    }
