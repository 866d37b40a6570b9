"""The public page and its CSV: what they show, what they hide, and when they were counted."""

import csv
import io
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from marketplace.impact.actions import compute
from marketplace.impact.tables import Statistic
from marketplace.web.spreadsheet import written
from tests import gate, make
from tests.client import Client, Page
from tests.impact.answering import several

PAGES = ["/statistiques", "/statistiques.csv"]


async def france() -> None:
    """Three départements: one with three applications, one with eight, one with twenty; four slow ones."""
    await several(3, await make.mission(places=3, department="35", audiences=["seniors"]))
    await several(8, await make.mission(places=8, department="29", audiences=["seniors"]))
    busy = await make.mission(places=50, department="75", audiences=["exiles"])
    await several(20, busy, days=2)
    await make.application(busy, status="accepted")
    await compute(make.NOW)


def rows_of(page: Page, caption: str) -> list[list[str]]:
    tables = [t for t in page.main.iter("table") if gate.text_of(t).startswith(caption)]
    assert len(tables) == 1
    return [[gate.text_of(cell) for cell in row if cell.tag in ("th", "td")] for row in tables[0].iter("tr")]


def figure(page: Page, title: str) -> Element:
    (found,) = [f for f in page.main.iter("figure") if gate.text_of(f).startswith(title)]
    return found


async def test_before_the_first_count_it_says_so(client: Client) -> None:
    page = await client.get("/statistiques")

    assert "Les chiffres ne sont pas encore comptés" in page.text
    assert "0" not in page.text


async def test_it_says_what_is_offered_how_fast_one_is_answered_and_when_it_was_counted(
    client: Client,
) -> None:
    await france()

    page = await client.get("/statistiques")

    text = page.text.replace("\u00a0", " ")
    for words in (
        "Compté mardi 2 mars 2027 à 10 h.",
        "Missions en ligne 3 dont 3 avec une place libre",
        "Places prises 1 sur 61 places",
        "Places libres 60 Remplissage 2 %",
        "Ouvertes aux mineurs 0 % des missions en ligne",
        "Du 1er mars 2026 au 28 février 2027 : douze mois entiers.",
        "Candidatures environ 30",
        "Réponse sous 7 jours 10 sur 10",
        "Délai habituel 2 jours",
    ):
        assert words in text, words


async def test_the_tables_hide_the_small_lines_and_the_charts_have_the_same_words(client: Client) -> None:
    await france()

    page = await client.get("/statistiques")

    table = rows_of(page, "Par département")
    assert [[row[0], row[4], *row[8:]] for row in table[1:]] == [
        ["Paris (75)", "50", "20", "10", "2"],
        ["Finistère (29)", "8", "n. p.", "n. p.", "n. p."],
        ["Ille-et-Vilaine (35)", "3", "n. p.", "n. p.", "n. p."],
    ]
    assert gate.text_of(figure(page, "Là où il y a le plus de places")).endswith(
        "Places prises Places libres Paris (75) : 1 place prise sur 50 Finistère (29) : 0 place prise sur 8 "
        "Ille-et-Vilaine (35) : 0 place prise sur 3"
    )
    assert "Finistère" not in gate.text_of(figure(page, "Jours pour répondre, par département"))


async def test_no_exact_count_of_people_is_anywhere(client: Client) -> None:
    await france()

    told = [row.applications for row in await Statistic.objects()]
    page = await client.get("/statistiques")

    assert {count % 5 for count in told if count is not None} == {0}
    assert not {"3", "8", "31", "11"} & {
        cell for row in rows_of(page, "Par public aidé")[1:] for cell in row[8:]
    }


async def test_bars_are_drawn_to_scale_and_say_nothing_by_themselves(client: Client) -> None:
    await france()

    page = await client.get("/statistiques")

    drawings = [svg for svg in figure(page, "Là où").iter("{http://www.w3.org/2000/svg}svg")]
    widths = [
        [rect.get("width") for rect in svg.iter("{http://www.w3.org/2000/svg}rect")] for svg in drawings
    ]
    assert widths[2:] == [["2.0", "98.0"], ["16.0"], ["6.0"]]  # after the two of the legend
    assert {svg.get("aria-hidden") for svg in drawings} == {"true"}


async def test_nothing_is_counted_while_a_page_is_made(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await france()
    before = [(await client.get(path)).response.text for path in PAGES]

    await several(30, await make.mission(places=90, department="35", audiences=["seniors"]))

    assert [(await client.get(path)).response.text for path in PAGES] == before


def cells(text: str) -> list[list[str]]:
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


async def test_the_csv_has_every_line_with_its_heading(client: Client) -> None:
    await france()

    answer = (await client.get("/statistiques.csv")).response

    head, *lines = cells(answer.content.decode("utf-8"))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="statistiques-2027-03-02.csv"'
    assert head[:4] == ["Tableau", "Code", "Libellé", "Missions en ligne"]
    assert lines[0] == [
        "ensemble", "", "Ensemble", "3", "3", "0", "61", "1", "60", "2", "30", "10", "2", "2027-03-02 10:00",
    ]  # fmt: skip
    assert [line[:3] for line in lines[1:]] == [
        ["département", "75", "Paris (75)"],
        ["département", "29", "Finistère (29)"],
        ["département", "35", "Ille-et-Vilaine (35)"],
        ["public aidé", "exiles", "Nouveaux arrivants et personnes réfugiées"],
        ["public aidé", "seniors", "Personnes âgées"],
    ]
    assert lines[2][10:13] == ["n.\u00a0p."] * 3
    assert {len(line) for line in lines} == {len(head)}


async def test_the_csv_before_the_first_count_is_a_heading(client: Client) -> None:
    assert len(cells((await client.get("/statistiques.csv")).response.content.decode())) == 1


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+33", "'+33"),
        ("-2", "'-2"),
        ("\t=1", "'\t=1"),
        ("a;b", "a;b"),
        ('dit "oui"', 'dit "oui"'),
        (-2, "-2"),
        (None, ""),
    ],
)
def test_a_cell_never_runs_as_a_formula(cell: Any, seen: str) -> None:
    assert cells(written([[cell, "fin"]])) == [[seen, "fin"]]


async def test_every_page_leads_to_the_figures(client: Client) -> None:
    page = await client.get("/a-propos")

    assert page.tree is not None
    assert any(a.get("href") == "/statistiques" for a in page.tree.iter("a"))
