"""One's calendar: the dates month by month, what overlaps, and the link told once."""

from marketplace.applications.lifecycle import Status
from tests import make
from tests.client import Client

CALENDAR = "/mon-espace/calendrier"


async def test_dates_to_come_are_listed_by_month_and_overlaps_are_said(client: Client) -> None:
    zoe = await make.volunteer()
    for days, hours, title, status in (
        (5, 0, "Tri de vêtements", Status.ACCEPTED),
        (5, 1, "Aide aux devoirs", Status.PENDING),
        (40, 0, "Collecte", Status.OFFERED),
        (6, 0, "Jamais retenue", Status.DECLINED),
    ):
        mission = await make.mission(starts_at=make.after(days=days, hours=hours), title=title)
        await make.application(mission, zoe, status=status)
    await make.application(
        await make.mission(title="Déjà passée", starts_at=make.after(days=-1)), zoe, status="accepted"
    )
    await client.sign_in(await make.account_of(zoe))

    page = await client.get(CALENDAR)

    assert [heading.text for heading in page.main.iter("h2")][:2] == ["Mars 2027", "Avril 2027"]
    assert page.text.index("Tri de vêtements") < page.text.index("Collecte")
    assert page.text.count("Se chevauche avec") == 2
    assert "Se chevauche avec «\u00a0Aide aux devoirs\u00a0»" in page.html
    assert "Se chevauche avec «\u00a0Tri de vêtements\u00a0»" in page.html
    assert "Jamais retenue" not in page.text
    assert "Déjà passée" not in page.text


async def test_nobody_else_s_dates_are_there(client: Client) -> None:
    mission = await make.mission(starts_at=make.after(days=5), title="Tri de vêtements")
    await make.application(mission, status=Status.ACCEPTED)
    await client.sign_in(await make.account())

    assert "Tri de vêtements" not in (await client.get(CALENDAR)).text


async def test_the_link_is_made_told_replaced_and_ended(client: Client) -> None:
    await client.sign_in(await make.account())
    answer = await client.submit(await client.get(CALENDAR), form=f"{CALENDAR}/lien")
    told = await client.follow(answer)
    first = address_on(told.html)

    assert first.rpartition("/")[2] not in told.path, "never in an address"
    await client.get(first)
    again = await client.follow(await client.submit(await client.get(CALENDAR), form=f"{CALENDAR}/lien"))
    await client.get(first, 404)
    await client.get(address_on(again.html))
    await client.get(told.path, 404)
    page = await client.get(CALENDAR)
    assert address_on(again.html) not in page.html
    await client.submit(page, form="lien/fin")
    await client.get(address_on(again.html), 404)
    assert "lien/fin" not in (await client.get(CALENDAR)).html


async def test_another_account_in_the_same_browser_is_not_told_the_link(client: Client) -> None:
    await client.sign_in(await make.account())
    told = await client.follow(await client.submit(await client.get(CALENDAR), form=f"{CALENDAR}/lien"))

    await client.sign_in(await make.account())

    await client.get(told.path, 404)


def address_on(html: str) -> str:
    """The path of the private link that the page tells."""
    return "/calendrier/" + html.partition("http://test.localhost/calendrier/")[2].partition('"')[0]
