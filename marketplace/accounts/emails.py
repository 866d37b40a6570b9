"""E-mails about signing in."""

from datetime import datetime

from marketplace.mail.outbox import post
from marketplace.web import urls


async def sign_in(to: str, secret: str, code: str, lang: str, now: datetime) -> None:
    """The link and the code of somebody who wants to sign in."""
    link = urls.absolute("accounts.arrive", secret=secret)
    await post("sign_in", to=to, lang=lang, now=now, link=link, code=code)


async def confirm_new_email(to: str, secret: str, code: str, lang: str, now: datetime) -> None:
    """To the new address: the link and the code that make it the account's."""
    link = urls.absolute("accounts.arrive", secret=secret)
    await post("confirm_new_email", to=to, lang=lang, now=now, link=link, code=code)


async def email_change_asked(to: str, lang: str, now: datetime) -> None:
    """To the old address: a change is under way."""
    await post("email_change_asked", to=to, lang=lang, now=now, link=urls.absolute("accounts.show"))


async def email_changed(to: str, lang: str, now: datetime) -> None:
    """To both addresses: the change is done."""
    await post("email_changed", to=to, lang=lang, now=now)
