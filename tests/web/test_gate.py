"""The gate that every page of the tests passes through: it lets a good page pass and stops each bad one."""

import pytest

from tests.gate import faults

GOOD = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Missions — Essai</title>
<link rel="stylesheet" href="/static/site.css"></head>
<body>
<a href="#main">Aller au contenu</a>
<main id="main">
<h1>Missions</h1>
<form method="post" action="/ici">
<input type="hidden" name="form_key" value="abc">
<label for="name">Nom</label><p id="name-hint">En entier.</p>
<input type="text" id="name" name="name" aria-describedby="name-hint">
<fieldset><legend>Jours</legend><label><input type="checkbox" name="day" value="1"> Lundi</label></fieldset>
<button type="submit">Envoyer</button>
</form>
<form method="get" action="/chercher"><label for="q">Chercher</label><input id="q" name="q">
<button>Oui</button></form>
<img src="/static/a.svg" alt="">
</main>
</body>
</html>
"""

BAD = {
    "no doctype": ("<!doctype html>", ""),
    "no lang": ('<html lang="fr">', "<html>"),
    "no title": ("<title>Missions — Essai</title>", ""),
    "a title with the site's name only": ("Missions — Essai", " — Essai"),
    "no h1": ("<h1>Missions</h1>", "<h2>Missions</h2>"),
    "an empty h1": ("<h1>Missions</h1>", "<h1> </h1>"),
    "two h1": ("<h1>Missions</h1>", "<h1>Missions</h1><h1>Missions</h1>"),
    "no main": ('main id="main"', 'div id="main"'),
    "an id twice": ('<p id="name-hint">', '<p id="name">'),
    "a hint that is nowhere": ('<p id="name-hint">', "<p>"),
    "a link to a place that is nowhere": ('href="#main"', 'href="#elsewhere"'),
    "a field without a label": ('<label for="name">Nom</label>', ""),
    "an empty label": ('<label for="name">Nom</label>', '<label for="name"> </label>'),
    "a select without a label": ("<h1>", '<select name="s"><option>1</option></select><h1>'),
    "a textarea without a label": ("<h1>", '<textarea name="t"></textarea><h1>'),
    "a fieldset without a legend": ("<legend>Jours</legend>", ""),
    "a form without an action": (' action="/ici"', ""),
    "a form that leads elsewhere": ('action="/ici"', 'action="https://elsewhere.example/"'),
    "a form without a method": ('method="get"', ""),
    "a posted form without its key": ('<input type="hidden" name="form_key" value="abc">', ""),
    "a posted form with an empty key": ('value="abc"', 'value=""'),
    "a key in an address": (
        'action="/chercher">',
        'action="/chercher"><input type="hidden" name="form_key" value="a">',
    ),
    "a button that says nothing": (">Envoyer<", "><"),
    "a link that says nothing": (">Aller au contenu<", "> <"),
    "a link that leads nowhere": ('<a href="#main">', "<a>"),
    "a style on an element": ("<h1>", '<h1 style="color:red">'),
    "a style sheet in the page": ("</head>", "<style>h1{color:red}</style></head>"),
    "a script in the page": ("</head>", "<script>1</script></head>"),
    "a script on an element": ("<h1>", '<h1 onclick="1">'),
    "a script in a link": ('<a href="#main">', '<a href="javascript:1">'),
    "a style sheet from elsewhere": ('href="/static/site.css"', 'href="//elsewhere.example/site.css"'),
    "a picture from elsewhere": ('src="/static/a.svg"', 'src="https://elsewhere.example/a.svg"'),
    "a picture without a text": (' alt=""', ""),
    "a tag left open": ("</fieldset>", ""),
    "a tag closed twice": ("</h1>", "</h1></h1>"),
    "a form in a form": ("<fieldset>", '<form method="get" action="/x"></form><fieldset>'),
    "a paragraph around a list": ("<h1>", "<p><ul><li>1</li></ul></p><h1>"),
    "a character that is not escaped": ("Missions</h1>", "Missions &zorglub; < 3</h1>"),
}


def test_a_good_page_passes() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize("fault", BAD)
def test_a_page_is_stopped_for(fault: str) -> None:
    right, wrong = BAD[fault]
    assert right in GOOD

    assert faults(GOOD.replace(right, wrong, 1)) != []
