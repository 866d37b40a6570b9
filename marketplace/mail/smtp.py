"""One e-mail through the operator's mail server."""

from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from marketplace import settings

TIMEOUT_SECONDS = 20


async def send(message: EmailMessage) -> str:
    """Hand the message over; '' when the server took it, else what went wrong."""
    server = urlsplit(settings.current().smtp_url)
    try:
        await aiosmtplib.send(
            message,
            hostname=server.hostname,
            port=server.port,
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=server.scheme == "smtps",
            timeout=TIMEOUT_SECONDS,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:  # ValueError: an address it cannot write
        return f"{type(error).__name__}: {error}"
    return ""
