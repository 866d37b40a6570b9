"""How often something may be tried: counted in the database, so that every process agrees."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from starlette.requests import Request

from marketplace import db, settings
from marketplace.web.tables import Attempt


async def allow(what: str, who: str, limit: int, per: timedelta, now: datetime) -> bool:
    """Count one more try by `who`; False once there are more than `limit` in this window.

    `who` (an address, a network) is stored as a keyed fingerprint only.
    """
    rows = await db.fetch(
        """INSERT INTO attempt (key, window_at, tries) VALUES ({}, {}, 1)
        ON CONFLICT (key, window_at) DO UPDATE SET tries = attempt.tries + 1 RETURNING tries""",
        f"{what}:{keyed(who)}",
        _window(per, now),
    )
    return bool(rows[0]["tries"] <= limit)


async def give_back(what: str, who: str, per: timedelta, tried_at: datetime) -> None:
    """Uncount a try that turned out well."""
    await Attempt.update({Attempt.tries: Attempt.tries - 1}).where(
        (Attempt.key == f"{what}:{keyed(who)}") & (Attempt.window_at == _window(per, tried_at))
    )


async def forget_old(now: datetime) -> None:
    """Remove the windows that are over."""
    await Attempt.delete().where(Attempt.window_at < now - timedelta(days=2))


def _window(per: timedelta, at: datetime) -> datetime:
    return datetime.fromtimestamp(at.timestamp() // per.total_seconds() * per.total_seconds(), UTC)


def keyed(value: str) -> str:
    """A fingerprint nobody can reverse by trying every value without the site's key."""
    return hmac.new(settings.current().secret_key.encode(), value.encode(), hashlib.sha256).hexdigest()


def network(request: Request) -> str:
    """Where a request comes from: its /24 (IPv4) or /48 (IPv6), as people behind one box share."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
