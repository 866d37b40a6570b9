"""Inviting by e-mail: the same for every address, one link, adults only, no applicant becomes a member."""

import asyncio
from datetime import timedelta

import pytest

from marketplace import db
from marketplace.accounts.tables import Account, Session
from marketplace.applications import answers, joining_actions
from marketplace.applications.joining_errors import HasApplications
from marketplace.applications.queries import own_candidacy
from marketplace.associations import invitation_actions, queries
from marketplace.associations.errors import AdultsOnly
from marketplace.associations.invitation_tables import Invitation
from marketplace.associations.lifecycle import Role, Status
from marketplace.associations.member_errors import (
    AlreadyInvited,
    AlreadyMember,
    InvitationGone,
    TooManyInvitations,
    TooManyMails,
)
from marketplace.associations.tables import Association, Membership
from marketplace.errors import NotFound
from marketplace.lifecycle import By, Change
from marketplace.missions.lifecycle import Status as Mission_
from tests import make
from tests.client import Client, Clock, emails_to, last_email, links_in

pytestmark = pytest.mark.usefixtures("database", "site")

NEW = "nouvelle@example.org"


async def owned() -> tuple[Association, Account]:
    owner = await make.account(first_name="Chris", family_name="Nado")
    return await make.association(owner=owner), owner


async def invite(association: Association, owner: Account, email: str = NEW) -> None:
    await invitation_actions.invite(association, owner, email, Role.MANAGER, make.NOW)


async def link_to(email: str) -> str:
    return links_in(await last_email(email))[0]


async def secret_of(email: str) -> str:
    return (await link_to(email)).rpartition("/")[2]


async def join(email: str = NEW) -> joining_actions.Joined:
    return await joining_actions.join(await secret_of(email), "", make.NOW)


async def test_somebody_new_joins_by_the_mailed_link_and_is_signed_in(client: Client) -> None:
    association, owner = await owned()
    await client.sign_in(owner)
    page = await client.get(f"/mes-associations/{association.public_id}/membres")
    page = await client.follow(
        await client.submit(page, {"email": " Nouvelle@Example.org ", "role": "reader"})
    )
    assert NEW in page.text
    assert "L’invitation est envoyée." in page.text
    mail = await last_email(NEW)
    assert association.name not in mail.subject
    assert f"l’équipe de l’association {association.name}" in mail.text
    assert "Chris N." in mail.text
    assert "Nado" not in mail.text

    browser = client.another()
    arrived = await browser.get(await link_to(NEW), 303)
    assert (await secret_of(NEW)) not in arrived.location
    page = await browser.follow(arrived)
    assert page.h1 == f"Rejoindre {association.name}"
    assert await Membership.count() == 1  # looking changes nothing
    page = await browser.submit(page, status=422)
    assert await Account.count() == 1
    page = await browser.submit(page, {"adult": "yes"}, status=422)
    assert "Écrivez votre prénom." in page.text
    names = {"first_name": "Noa", "family_name": "Petit"}
    page = await browser.follow(await browser.submit(page, {"adult": "yes", **names}))

    assert page.h1 == association.name
    assert "Vous êtes membre de l’association" in page.text
    account = await Account.objects().get(Account.email == NEW)
    assert account is not None
    assert account.adult_attested_on == make.NOW.date()
    assert (account.first_name, account.family_name) == ("Noa", "Petit")
    assert await queries.role_in(account.id, association.id) == Role.READER
    await browser.get(f"/mes-associations/{association.public_id}")
    told = await last_email(owner.email)
    assert told.template == "member_joined"
    assert NEW in told.text
    assert "Noa P." in told.text
    (row,) = await Change.objects().where(Change.subject == "membership")
    assert (row.source, row.target, row.actor) == ("", "reader", account.id)


async def test_a_known_address_joins_and_signs_in_by_its_own_door(client: Client) -> None:
    """A link of fourteen days opens no account that was there before."""
    association, owner = await owned()
    known = await make.account()
    await invite(association, owner, known.email)

    page = await client.follow(await client.get(await link_to(known.email), 303))
    page = await client.follow(
        await client.submit(page, {"adult": "yes"}, extra={"first_name": "Autre", "family_name": "Nom"})
    )

    row = await Account.objects().get(Account.id == known.id)
    assert row is not None
    assert row.first_name == known.first_name  # nor does it change its names
    assert page.h1 == "Vous êtes membre de l’association"
    assert await queries.role_in(known.id, association.id) == Role.MANAGER
    assert not await Session.exists().where(Session.account == known.id)


async def test_who_is_signed_in_goes_straight_to_the_association(client: Client) -> None:
    association, owner = await owned()
    known = await make.account()
    await invite(association, owner, known.email)
    await client.sign_in(known)

    page = await client.follow(await client.get(await link_to(known.email), 303))
    page = await client.follow(await client.submit(page, {"adult": "yes"}))

    assert page.path == f"/mes-associations/{association.public_id}?fait=membre"
    assert "Vous êtes membre de l’association" in page.text


async def test_known_and_unknown_addresses_get_the_same(client: Client) -> None:
    association, owner = await owned()
    known = await make.account(email="connue@example.org", language="en")
    await client.sign_in(owner)
    said, mails = [], []
    for email in (known.email, "inconnue@example.org"):
        page = await client.get(f"/mes-associations/{association.public_id}/membres")
        answer = await client.submit(page, {"email": email, "role": "manager"}, form=page.path)
        page = await client.follow(answer)
        said.append((answer.status, answer.location))
        mail = await last_email(email)
        mails.append(mail.text.replace(await secret_of(email), "…"))
        assert page.status == 200

    assert said[0] == said[1]
    assert mails[0] == mails[1]


async def test_a_minor_is_refused_kindly_and_does_not_become_an_adult() -> None:
    association, owner = await owned()
    minor = await make.account_of(await make.volunteer(age=17))
    await invite(association, owner, minor.email)

    with pytest.raises(AdultsOnly, match="Tu as moins de 18 ans"):
        await join(minor.email)

    assert await queries.role_in(minor.id, association.id) is None
    row = await Account.objects().get(Account.id == minor.id)
    assert row is not None
    assert row.adult_attested_on is None


async def test_whoever_applies_there_withdraws_before_joining() -> None:
    association, owner = await owned()
    volunteer = await make.volunteer()
    account = await make.account_of(volunteer)
    application = await make.application(await make.mission(association=association), volunteer)
    await invite(association, owner, account.email)

    secret = await secret_of(account.email)

    with pytest.raises(HasApplications, match="1 candidature en cours"):
        await joining_actions.join(secret, "", make.NOW)
    assert await queries.role_in(account.id, association.id) is None
    found = await own_candidacy(account.id, application.public_id)
    await answers.withdraw(found, answers.Ending(By.VOLUNTEER, "unavailable"), make.NOW)
    await joining_actions.join(secret, "", make.NOW)

    assert await queries.role_in(account.id, association.id) == Role.MANAGER


async def test_past_and_foreign_applications_stop_nobody() -> None:
    association, owner = await owned()
    volunteer = await make.volunteer()
    account = await make.account_of(volunteer)
    await make.application(await make.mission(), volunteer, status="accepted")
    over = await make.mission(association=association, status=Mission_.CANCELLED)
    await make.application(over, volunteer)
    past = await make.mission(association=association, starts_at=make.NOW - timedelta(days=3))
    await make.application(past, volunteer, status="accepted")
    await invite(association, owner, account.email)

    await join(account.email)

    assert await queries.role_in(account.id, association.id) == Role.MANAGER


async def test_a_link_serves_once() -> None:
    association, owner = await owned()
    await invite(association, owner)
    await join()

    with pytest.raises(InvitationGone):
        await join()

    assert await Membership.count() == 2


async def test_two_at_once_make_one_member() -> None:
    association, owner = await owned()
    await invite(association, owner)

    answers = await asyncio.gather(join(), join(), return_exceptions=True)

    assert sorted(type(answer).__name__ for answer in answers) == ["InvitationGone", "Joined"]
    assert await Membership.count() == 2


@pytest.mark.parametrize("why", ["cancelled", "sent again", "expired", "closed", "unknown"])
async def test_dead_links_look_alike(client: Client, clock: Clock, why: str) -> None:
    association, owner = await owned()
    await invite(association, owner)
    link = await link_to(NEW)
    (invitation,) = await Invitation.objects()
    if why == "cancelled":
        await invitation_actions.cancel_invitation(association, owner, invitation.public_id, make.NOW)
    elif why == "sent again":
        await invitation_actions.send_again(association, owner, invitation.public_id, make.NOW)
    elif why == "expired":
        clock.move(days=14)
    elif why == "closed":
        await Association.update({Association.status: Status.CLOSED}).where(Association.id == association.id)
    else:
        link = "/invitation/" + "x" * 43

    answer = await client.get(link, 303)
    page = await client.get(answer.location, 410)

    assert page.h1 == "Ce lien n’est plus valable"
    assert association.name not in page.html


async def test_sending_again_lives_as_long_from_then() -> None:
    association, owner = await owned()
    await invite(association, owner)
    (invitation,) = await Invitation.objects()
    later = make.after(days=13)

    await invitation_actions.send_again(association, owner, invitation.public_id, later)
    joined = await joining_actions.join(await secret_of(NEW), "", make.after(days=26))

    assert joined.account.email == NEW
    assert len(await emails_to(NEW)) == 2


async def test_a_member_and_somebody_invited_are_not_invited_again(client: Client) -> None:
    association, owner = await owned()
    manager = await make.account()
    await make.member(association, manager)
    await invite(association, owner)

    with pytest.raises(AlreadyMember):
        await invite(association, owner, manager.email)
    with pytest.raises(AlreadyInvited):
        await invite(association, owner)

    assert await emails_to(manager.email) == []
    assert len(await emails_to(NEW)) == 1
    await client.sign_in(owner)
    page = await client.get(f"/mes-associations/{association.public_id}/membres")
    answers = {"email": manager.email, "role": "reader"}
    page = await client.submit(page, answers, form=page.path, status=409)
    assert page.h1 == "Cette personne est déjà membre"


async def test_an_expired_invitation_makes_room_for_another() -> None:
    association, owner = await owned()
    await make.invitation(association, email=NEW, expires_at=make.NOW)

    await invite(association, owner)

    assert len(await Invitation.objects()) == 2
    assert (await join()).account.email == NEW


async def test_thirty_may_be_open_at_once() -> None:
    association, owner = await owned()
    for _ in range(29):
        await make.invitation(association)
    await invite(association, owner)

    with pytest.raises(TooManyInvitations):
        await invite(association, owner, "de-trop@example.org")

    assert await emails_to("de-trop@example.org") == []


async def test_one_address_is_not_flooded_by_many_associations() -> None:
    for _ in range(invitation_actions.MAILS_PER_ADDRESS):
        await invite(*await owned())

    with pytest.raises(TooManyMails):
        await invite(*await owned())

    assert len(await emails_to(NEW)) == invitation_actions.MAILS_PER_ADDRESS


@pytest.mark.parametrize("role", [Role.MANAGER, Role.READER, None])
async def test_only_owners_invite_cancel_and_send_again(role: Role | None) -> None:
    association, owner = await owned()
    await invite(association, owner)
    (invitation,) = await Invitation.objects()
    other = await make.account()
    if role:
        await make.member(association, other, role=role)

    for act in (
        invitation_actions.invite(association, other, "x@example.org", Role.OWNER, make.NOW),
        invitation_actions.send_again(association, other, invitation.public_id, make.NOW),
        invitation_actions.cancel_invitation(association, other, invitation.public_id, make.NOW),
    ):
        with pytest.raises(NotFound):
            await act

    assert len(await emails_to(NEW)) == 1
    assert await Invitation.exists().where(Invitation.ended_at.is_null())


async def test_another_associations_invitation_does_not_exist() -> None:
    association, owner = await owned()
    await invite(*await owned())
    (invitation,) = await Invitation.objects()

    with pytest.raises(NotFound):
        await invitation_actions.cancel_invitation(association, owner, invitation.public_id, make.NOW)


async def test_a_member_who_accepts_again_keeps_their_role() -> None:
    association, owner = await owned()
    manager = await make.account()
    await invite(association, owner, manager.email)
    await make.member(association, manager, role=Role.OWNER)

    await join(manager.email)

    assert await queries.role_in(manager.id, association.id) == Role.OWNER
    assert await emails_to(owner.email) == []


async def test_old_invitations_are_forgotten_whatever_became_of_them() -> None:
    association, _owner = await owned()
    await make.invitation(association, expires_at=make.after(days=-30))
    await make.invitation(association, expires_at=make.after(days=-29), accepted_at=make.after(days=-40))

    await invitation_actions.forget_old(make.NOW)
    await invitation_actions.forget_old(make.NOW)

    assert len(await db.fetch("SELECT id FROM invitation")) == 1
