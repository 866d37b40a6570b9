"""Who looks at a page: behind `require_account` there is always somebody."""

from starlette.requests import Request

from marketplace.accounts import queries
from marketplace.accounts.queries import Viewer
from marketplace.accounts.tables import Account
from marketplace.errors import NotFound


def viewer_of(request: Request) -> Viewer:
    """Whoever is signed in; only behind `require_account`."""
    viewer: Viewer = request.scope["viewer"]
    return viewer


def viewer_if_any(request: Request) -> Viewer | None:
    """The same on a page for everybody: None when nobody is signed in."""
    viewer: Viewer | None = request.scope.get("viewer")
    return viewer


async def current_account(request: Request) -> Account:
    """The account of whoever is signed in; only behind `require_account`."""
    account = await queries.account(viewer_of(request).account_id)
    if account is None:
        raise NotFound
    return account
