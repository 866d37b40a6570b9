"""Addresses: made from routes, in a language; and which ones are ours."""

import pytest

from marketplace.text import speaking
from marketplace.web import urls

urls.register([("tests.thing", "/chose/{thing}")])


@pytest.mark.parametrize("path", ["/", "/missions", "/missions?apres=a%2F", "/en/missions#top", "/a:b"])
def test_a_path_of_ours(path: str) -> None:
    assert urls.is_local_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "missions",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https://elsewhere.example/",
        "https:elsewhere.example",
        "javascript:alert(1)",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "\t//elsewhere.example",
        " //elsewhere.example",
        "/x\0",
        "http://[",
        "/" + "é" * 199,  # longer, once written as an address, than what remembers where a form led
    ],
)
def test_not_a_path_of_ours(path: str) -> None:
    assert not urls.is_local_path(path)


def test_an_address_is_made_from_a_route() -> None:
    assert urls.path_for("tests.thing", thing="a/b c", q="d&e", empty="") == "/chose/a%2Fb%20c?q=d%26e"
    assert urls.absolute("tests.thing", thing="x") == "http://test.localhost/chose/x"


def test_it_is_in_the_language_being_spoken() -> None:
    with speaking("en"):
        assert urls.path_for("tests.thing", thing="x") == "/en/chose/x"
        assert urls.absolute("tests.thing", thing="x") == "http://test.localhost/en/chose/x"


def test_a_parameter_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        urls.path_for("tests.thing")


def test_two_routes_of_one_name_are_an_error() -> None:
    with pytest.raises(ValueError, match=r"tests\.thing"):
        urls.register([("tests.thing", "/autre")])
