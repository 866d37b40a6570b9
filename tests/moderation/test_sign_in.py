"""The door of moderators: a password and a code, both every time."""

from datetime import timedelta

import pytest

from marketplace.moderation import passwords, staff, totp
from marketplace.moderation.tables import Moderator, ModeratorSession, naive
from marketplace.web import limits
from marketplace.web.ids import fingerprint
from tests import make
from tests.client import Client, Clock
from tests.moderation.staff import DOOR, EMAIL, NAME, PASSWORD, enrolled, enter, knock


async def test_everything_right_opens_the_queue(client: Client, clock: Clock) -> None:
    who = await enrolled()

    answer = await knock(
        client, username="  CLAUDE ", password=PASSWORD, code=totp.code_at(who.secret, make.NOW)
    )

    assert answer.location == "/admin/file"
    assert (await client.get("/admin/file")).h1 == "Dossiers à décider"


async def test_the_cookie_goes_nowhere_but_under_admin(client: Client) -> None:
    who = await enrolled()
    code = totp.code_at(who.secret, make.NOW)
    answer = await knock(client, username=NAME, password=PASSWORD, code=code)

    cookie = answer.response.headers["set-cookie"]
    assert cookie.startswith("id=")
    assert {"Path=/admin", "HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        (NAME, "pas le bon mot de passe", "right"),
        (NAME, PASSWORD, "000000"),
        (NAME, PASSWORD, ""),
        (NAME, "", "right"),
        ("personne", PASSWORD, "right"),
        ("", "", ""),
        (NAME, PASSWORD, "é" * 6),
        (NAME, "x" * 5000, "right"),
        ("x" * 5000, PASSWORD, "right"),
        ("nul\x00", PASSWORD, "right"),
    ],
)
async def test_anything_wrong_gets_the_same_answer(
    client: Client, username: str, password: str, code: str
) -> None:
    who = await enrolled()
    code = totp.code_at(who.secret, make.NOW) if code == "right" else code

    page = await knock(client, username=username, password=password, code=code, status=422)

    assert "Le nom, le mot de passe ou le code n’est pas le bon." in page.text
    assert password not in page.html or not password
    assert "set-cookie" not in page.response.headers
    assert await ModeratorSession.count() == 0


async def test_an_unknown_name_costs_a_hash_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    async def is_password(hashed: str, password: str) -> bool:
        checked.append(hashed)
        return False

    monkeypatch.setattr(passwords, "is_password", is_password)
    await knock(client, username="personne", password=PASSWORD, code="123456", status=422)

    assert checked == [passwords.NOBODY]


async def test_a_code_opens_once(client: Client, clock: Clock) -> None:
    who = await enter(client, clock)
    code = totp.code_at(who.secret, make.NOW)

    other = client.another()
    page = await knock(other, username=NAME, password=PASSWORD, code=code, status=422)
    assert "Un code ne sert qu’une fois" in page.text

    clock.move(seconds=30)
    await enter(other, clock, who)
    assert await ModeratorSession.count() == 2


async def test_an_earlier_code_no_longer_opens_after_a_later_one(clock: Clock, database: None) -> None:
    who = await enrolled()
    earlier = totp.code_at(who.secret, make.NOW)
    later = totp.code_at(who.secret, make.after(seconds=30))

    assert await staff.sign_in(NAME, PASSWORD, later, make.NOW)
    assert await staff.sign_in(NAME, PASSWORD, earlier, make.NOW) is None


@pytest.mark.parametrize(("seconds", "opens"), [(-60, False), (-30, True), (30, True), (60, False)])
async def test_a_clock_may_be_half_a_minute_off(database: None, seconds: int, opens: bool) -> None:
    who = await enrolled()
    code = totp.code_at(who.secret, make.after(seconds=seconds))

    assert bool(await staff.sign_in(NAME, PASSWORD, code, make.NOW)) is opens


async def test_a_closed_account_opens_nothing(client: Client, clock: Clock) -> None:
    who = await enter(client, clock)
    await Moderator.update({Moderator.active: False}, force=True)

    await client.get("/admin/file", 303)
    clock.move(minutes=1)
    code = totp.code_at(who.secret, clock.instant)
    await knock(client, username=NAME, password=PASSWORD, code=code, status=422)


async def test_ten_tries_on_a_name_close_the_door_to_that_network_alone(client: Client, clock: Clock) -> None:
    who = await enrolled()
    thief = client.another("192.0.99.1")
    for _ in range(10):
        await knock(thief, username=NAME, password="non", code="000000", status=422)

    code = totp.code_at(who.secret, clock.instant)
    page = await knock(thief, username=NAME, password=PASSWORD, code=code, status=422)
    assert "Trop d’essais en peu de temps." in page.text

    await enter(client, clock, who)


async def test_a_name_tried_from_everywhere_is_closed_for_a_while(client: Client, clock: Clock) -> None:
    who = await enrolled()
    for _ in range(100):
        assert await limits.allow("staff name", NAME, 100, timedelta(minutes=15), clock.instant)

    code = totp.code_at(who.secret, clock.instant)
    page = await knock(client, username=NAME, password=PASSWORD, code=code, status=422)
    assert "Trop d’essais en peu de temps." in page.text

    clock.move(minutes=15)
    await enter(client, clock, who)


async def test_a_network_is_limited_whatever_the_names(client: Client) -> None:
    for number in range(30):
        await knock(client, username=f"personne{number}", password="non", code="000000", status=422)

    page = await knock(client, username="encore", password="non", code="000000", status=422)
    assert "Trop d’essais en peu de temps." in page.text


async def test_only_the_fingerprint_of_the_session_is_stored(client: Client, clock: Clock) -> None:
    await enter(client, clock)
    token = client.http.cookies["id"]

    row = await ModeratorSession.objects().first()
    assert row is not None
    assert row.token == fingerprint(token)


async def test_neither_the_password_nor_the_secret_is_stored(database: None) -> None:
    who = await enrolled()

    row = await Moderator.objects().first()
    assert row is not None
    assert row.password.startswith("$argon2id$")
    assert who.secret not in row.totp_secret
    assert totp.unseal(row.totp_secret) == who.secret


async def test_a_session_ends_after_an_hour_without_a_click(client: Client, clock: Clock) -> None:
    await enter(client, clock)
    clock.move(minutes=59)
    await client.get("/admin/file")
    clock.move(minutes=59)
    await client.get("/admin/file")
    clock.move(minutes=61)

    assert (await client.get("/admin/file", 303)).location == DOOR


async def test_a_session_ends_after_twelve_hours_whatever_happens(client: Client, clock: Clock) -> None:
    await enter(client, clock)
    for _ in range(23):
        clock.move(minutes=30)
        await client.get("/admin/file")
    clock.move(minutes=30)

    await client.get("/admin/file", 303)


async def test_signing_out_ends_the_session(client: Client, clock: Clock) -> None:
    await enter(client, clock)
    key = (await client.get("/admin/file")).html.split('name="form_key" value="')[1].split('"')[0]
    token = client.http.cookies["id"]

    answer = await client.post("/admin/deconnexion", {"form_key": key}, status=303)

    assert answer.location == DOOR
    assert await ModeratorSession.count() == 0
    assert await staff.moderator_of(token, clock.instant) is None


async def test_sessions_that_are_over_are_removed(client: Client, clock: Clock) -> None:
    await enter(client, clock)

    await staff.forget_old(make.after(minutes=59))
    assert await ModeratorSession.count() == 1
    await staff.forget_old(make.after(minutes=61))
    assert await ModeratorSession.count() == 0


async def test_a_public_session_is_nobody_here(client: Client) -> None:
    await client.sign_in(await make.account(email=EMAIL))

    for path in ("/admin/file", "/admin/file/missions/abcdefghjkmn", "/admin/"):
        assert (await client.get(path, 303)).location == DOOR


async def test_the_door_is_in_french_only(client: Client) -> None:
    assert (await client.get("/en/admin/connexion", 303)).location == DOOR


async def test_piccolo_never_opens_a_session_by_itself(database: None) -> None:
    await enrolled()

    assert await Moderator.login(NAME, PASSWORD) is None
    with pytest.raises(NotImplementedError):
        await ModeratorSession.create_session(1)
    with pytest.raises(ValueError, match="hashed"):
        Moderator(username="x", password="en clair, douze lettres")


@pytest.mark.parametrize("password", ["court", "x" * 11, "aaaaaaaaaaaaaaa", "x" * 129, "abcabcabcabcabc"])
async def test_a_weak_password_is_refused(database: None, password: str) -> None:
    with pytest.raises(passwords.WeakPassword):
        await staff.create_moderator(NAME, EMAIL, password, make.NOW)
    assert await Moderator.count() == 0


async def test_a_password_may_not_hold_the_name(database: None) -> None:
    with pytest.raises(passwords.WeakPassword, match="user name"):
        await staff.create_moderator("dominique", EMAIL, "je suis Dominique", make.NOW)


@pytest.mark.parametrize(
    ("username", "email"),
    [(NAME, "autre@example.org"), ("autre", EMAIL.upper()), ("", "a@example.org"), ("b", "b")],
)
async def test_a_name_and_an_address_are_each_taken_once(database: None, username: str, email: str) -> None:
    await enrolled()

    with pytest.raises(staff.BadModerator):
        await staff.create_moderator(username, email, PASSWORD, make.NOW)
    assert await Moderator.count() == 1


async def test_without_a_password_one_is_made_and_said_once(database: None) -> None:
    who = await staff.create_moderator(NAME, EMAIL, None, make.NOW)

    assert who.password
    assert who.uri.startswith("otpauth://totp/")
    assert who.secret in who.uri
    assert "▀" in who.qr
    code = totp.code_at(who.secret, make.NOW)
    assert await staff.sign_in(NAME, who.password, code, make.NOW)


async def test_times_of_sessions_are_utc_without_saying_so(database: None) -> None:
    who = await enrolled()
    await staff.sign_in(NAME, PASSWORD, totp.code_at(who.secret, make.NOW), make.NOW)

    row = await ModeratorSession.objects().first()
    assert row is not None
    assert row.expiry_date == naive(make.after(hours=1))
    assert row.max_expiry_date == naive(make.after(hours=12))


async def test_a_secret_sealed_with_another_key_opens_nothing(client: Client) -> None:
    who = await enrolled()
    await Moderator.update({Moderator.totp_secret: "gAAAAA-another-key"}, force=True)

    code = totp.code_at(who.secret, make.NOW)
    await knock(client, username=NAME, password=PASSWORD, code=code, status=422)
