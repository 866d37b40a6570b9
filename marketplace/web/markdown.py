"""Texts written by people: in which language; a little Markdown, then only the HTML we allow."""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from marketplace.text import LANGUAGES, language

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
        ["link", "image", "autolink", "code", "fence"]
    )


def render(text: str) -> Markup:
    """Safe HTML. Titles start at level 3, links are shown as text: nobody is led away by a mission."""
    html = _parser().render(text)
    for level in (6, 5, 4, 3, 2, 1):
        lower = min(level + 2, 4)
        html = html.replace(f"<h{level}>", f"<h{lower}>").replace(f"</h{level}>", f"</h{lower}>")
    return Markup(nh3.clean(html, tags=TAGS, attributes={}))  # noqa: S704 - cleaned just before


def french(text: str) -> str:
    """What an association or a volunteer wrote, in a sentence of ours: marked where that one is not French.

    For words on a page or in an e-mail, never in a title or an attribute. Where an element holds nothing
    else, the pages' `in_french` marks it.
    """
    if not text or language() == LANGUAGES[0]:
        return text
    return Markup('<span lang="{}">{}</span>').format(LANGUAGES[0], text)
