"""E-mails about saved searches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.discovery.saved_links import stop_token
from marketplace.discovery.saved_queries import Matches, Recipient
from marketplace.discovery.saved_tables import SavedSearch
from marketplace.mail.outbox import post
from marketplace.missions import words
from marketplace.missions.queries import MissionCard
from marketplace.text import speaking
from marketplace.web import urls


@dataclass(frozen=True, slots=True)
class Line:
    """A mission in a mail."""

    title: str
    association_name: str
    where: str
    when: str
    link: str


async def confirm_saved_search(to: str, lang: str, said: str, secret: str, now: datetime) -> None:
    """To an address that somebody gave: the link without which nothing is ever sent."""
    with speaking(lang):
        link = urls.absolute("front.arrive_to_save", secret=secret)
    await post("confirm_saved_search", to=to, lang=lang, now=now, link=link, said=said)


async def saved_search_matches(
    to: Recipient, saved: SavedSearch, said: str, matches: Matches, now: datetime
) -> None:
    """The missions that are new to a saved search (`said`: the search, in the recipient's language)."""
    with speaking(to.language):
        search = urls.absolute("front.missions") + (f"?{saved.query}" if saved.query else "")
        stop = urls.absolute("front.leave_saved_search", stop=stop_token(saved.public_id))
        lines = _lines(matches.cards)
    await post(
        "saved_search_matches",
        to=to.email,
        lang=to.language,
        now=now,
        unsubscribe=stop,
        lines=lines,
        more=matches.more,
        said=said,
        link=search,
        saved_at=saved.confirmed_at,
    )


def _lines(cards: Sequence[MissionCard]) -> list[Line]:
    return [
        Line(
            title=card.title,
            association_name=card.association_name,
            where=words.where(card.place_kind, card.commune_name, card.department),
            when=words.when(card.starts_at, card.ends_at)
            if card.starts_at
            else words.rhythm(card.rhythm) or words.when(None, None),
            link=urls.absolute("front.mission", mission=card.public_id),
        )
        for card in cards
    ]
