"""A little Markdown, and nothing that leads away, loads or runs."""

import re

import pytest

from marketplace.web.markdown import render


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("un\ndeux", "<p>un<br>\ndeux</p>\n"),
        ("**fort** et *doux*", "<p><strong>fort</strong> et <em>doux</em></p>\n"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"),
        ("# Titre", "<h3>Titre</h3>\n"),
        ("## Titre", "<h4>Titre</h4>\n"),
        ("###### Titre", "<h4>Titre</h4>\n"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
    ],
)
def test_markdown_is_shown(written: str, shown: str) -> None:
    assert render(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://elsewhere.example/x.png)",
        "[ici](https://elsewhere.example)",
        "[ici](javascript:alert(1))",
        "<https://elsewhere.example>",
        "[ici][1]\n\n[1]: https://elsewhere.example",
        '<p style="position:fixed" class="notice" id="contenu">x</p>',
        "<h1>Titre</h1>",
        "    <b>code</b>",
    ],
)
def test_nothing_leads_away_loads_or_runs(written: str) -> None:
    html = str(render(written)).lower()

    assert not any(tag in html for tag in ("<a", "<img", "<script", "<h1", "<b>", "<pre")), html
    assert not re.search(r"<[^>]*=", html)  # no attribute at all


def test_a_very_deep_nest_stays_shallow() -> None:
    assert render("> " * 2_000 + "x").count("<blockquote>") <= 20
