"""A volunteer gives the place back: signed in, or by the link of any mail, in one page."""

import pytest

from marketplace.applications import links
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from tests import make
from tests.client import Client, emails_to, last_email, links_in


async def status_of(application: Application) -> str:
    row = await Application.objects().get(Application.id == application.id)
    assert row is not None
    return str(row.status)


async def test_withdrawing_frees_the_last_place_and_the_mission_opens_again(client: Client) -> None:
    association = await make.association()
    mission = await make.mission(association=association, places=1)
    volunteer = await make.volunteer(email="alix@example.org", first_name="Alix")
    application = await make.application(mission, volunteer)
    visitor = client.another()
    assert "La mission est désormais complète" in (await visitor.get(f"/missions/{mission.public_id}")).text
    await client.sign_in(await make.account_of(volunteer))

    page = await client.get(f"/mes-candidatures/{application.public_id}/retrait")
    answer = await client.submit(page, {"reason": "unavailable"})
    shown = await client.follow(answer)

    assert shown.h1 == "Votre candidature est retirée"
    assert await status_of(application) == Status.WITHDRAWN
    open_again = await visitor.get(f"/missions/{mission.public_id}")
    await visitor.http.aclose()
    assert "La mission est désormais complète" not in open_again.text
    assert (await last_email("alix@example.org")).template == "withdrawal_noted"
    told = await last_email((await make.owner_of(association)).email)
    assert told.template == "application_withdrawn"
    assert "Alix" in told.text
    await client.get(f"/missions/{mission.public_id}/candidature")  # at once, for whoever withdrew too


async def test_the_link_of_the_mail_withdraws_without_signing_in(client: Client) -> None:
    application = await make.application(volunteer=await make.volunteer(email="alix@example.org"))
    token = links.withdrawal_token(application.public_id)
    for _ in range(100):
        await client.http.get(f"/candidature/retirer/{token}")
    page = await client.follow(await client.get(f"/candidature/retirer/{token}", 303))
    assert token not in page.path
    assert await status_of(application) == Status.PENDING

    first = await client.submit(page, {"reason": "other"})
    second = await client.submit(page, {"reason": "other"})
    done = await client.follow(first)

    assert first.location == second.location
    assert done.h1 == "Votre candidature est retirée"
    again = await client.follow(await client.get(f"/candidature/retirer/{token}", 303))
    assert again.h1 == "Votre candidature est retirée"
    assert again.forms() == []
    assert [mail.template for mail in await emails_to("alix@example.org")] == ["withdrawal_noted"]


async def test_the_mails_hold_that_link(client: Client) -> None:
    volunteer = await make.volunteer(email="alix@example.org")
    await client.sign_in(await make.account_of(volunteer))
    page = await client.get(f"/missions/{(await make.mission()).public_id}/candidature")
    await client.submit(await client.submit(page, status=200), {"step": "send"})
    link = next(link for link in links_in(await last_email("alix@example.org")) if "/retirer/" in link)
    visitor = client.another()
    assert (await visitor.follow(await visitor.get(link, 303))).h1 == "Retirer ma candidature"
    await visitor.http.aclose()


@pytest.mark.parametrize("token", ["x", "%00", "é", "W10.aaaa", "€"])
async def test_a_token_that_is_not_ours_is_not_found(token: str, client: Client) -> None:
    answer = await client.http.get(f"/candidature/retirer/{token}")
    assert answer.status_code in (303, 404)
    if answer.status_code == 303:
        await client.get(answer.headers["location"], 404)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"reason": "because"}, "Choisissez une réponse dans la liste."),
        ({"reason": "x\x00"}, "illisibles"),
    ],
)
async def test_a_bad_form_is_shown_again(bad: dict[str, str], message: str, client: Client) -> None:
    volunteer = await make.volunteer()
    application = await make.application(volunteer=volunteer)
    await client.sign_in(await make.account_of(volunteer))
    page = await client.get(f"/mes-candidatures/{application.public_id}/retrait")

    again = await client.submit(page, bad, status=422)

    assert message in again.text
    assert await status_of(application) == Status.PENDING


async def test_nobody_withdraws_for_somebody_else(client: Client) -> None:
    application = await make.application()
    await client.sign_in(await make.account_of(await make.volunteer()))
    await client.get(f"/mes-candidatures/{application.public_id}/retrait", 404)


async def test_what_is_past_stays(client: Client) -> None:
    volunteer = await make.volunteer()
    past = await make.mission(starts_at=make.after(days=-3))
    application = await make.application(past, volunteer, status=Status.ACCEPTED)
    await client.sign_in(await make.account_of(volunteer))
    page = await client.get(f"/mes-candidatures/{application.public_id}/retrait")
    assert page.h1 == "Il n’y a plus rien à retirer"
    assert await status_of(application) == Status.ACCEPTED
