"""Opening the links that the demonstration's e-mails hold, as people do."""

import re

from marketplace.errors import NotFound
from marketplace.mail.tables import Email
from marketplace.web import urls


async def mailed_token(address: str, template: str, route: str, parameter: str) -> str:
    """What the link to this route holds, in the last such e-mail to this address. NotFound: there is none."""
    email = (
        await Email.objects()
        .where((Email.recipient == address) & (Email.template == template))
        .order_by(Email.id, ascending=False)
        .first()
    )
    start = urls.absolute(route, **{parameter: "-"}).removesuffix("-")
    found = re.search(re.escape(start) + r"([\w.-]+)", email.text) if email else None
    if found is None:
        raise NotFound
    return found[1]
