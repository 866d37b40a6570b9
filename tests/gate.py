"""What every HTML page of the site must be: `faults(html)` lists what is wrong with one."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E

KEY = re.compile(r'(?<=<input type="hidden" name="form_key" value=")[\w.~-]+(?=">)')
TYPED = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
LOADS = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "form": "action"}


def parse(html: str) -> tuple[Element, list[str]]:
    """The document, and where the HTML is invalid."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree, [f"line {line}: {E[code] % values}" for (line, _), code, values in parser.errors]


def faults(html: str) -> list[str]:
    """Everything the page may not be shown with, in words; none when it is fine."""
    return _judged(html)[1]


def read(html: str) -> tuple[Element, list[str]]:
    """The document, for the caller to keep, and `faults(html)`.

    Parsing is half of what the tests do: a page that differs from an earlier one by its one-time keys only
    is judged once.
    """
    keys: dict[str, str] = {}

    def placeholder(key: re.Match[str]) -> str:
        return keys.setdefault(key[0], f"key-{len(keys)}")

    tree, wrong = _known(KEY.sub(placeholder, html))
    if wrong:
        return _judged(html)
    tree, real = deepcopy(tree), {name: key for key, name in keys.items()}
    for field in tree.iter("input"):
        if field.get("name") == "form_key":
            field.set("value", real.get(field.get("value", ""), ""))
    return tree, []


def _judged(html: str) -> tuple[Element, list[str]]:
    tree, errors = parse(html)
    rules = (_head, _titles, _ids, _labels, _forms, _buttons, _inline, _loads, _alternatives)
    return tree, [*errors, *(fault for rule in rules for fault in rule(tree))]


_known = lru_cache(maxsize=256)(_judged)


def text_of(element: Element) -> str:
    """The words inside an element, spaces folded."""
    return " ".join("".join(element.itertext()).split())


def _head(tree: Element) -> Iterator[str]:
    if not tree.get("lang"):
        yield "html has no lang"
    title = tree.find("head/title")
    if title is None or not text_of(title).split("—")[0].strip():
        yield "the title is missing or names the site only"


def _titles(tree: Element) -> Iterator[str]:
    ones = [text_of(h1) for h1 in tree.iter("h1")]
    if len(ones) != 1 or not ones[0]:
        yield f"there must be exactly one h1 with words, not {ones}"
    if len(list(tree.iter("main"))) != 1:
        yield "there must be exactly one main"


def _ids(tree: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id") is not None)
    yield from (f"id {name!r} is used {times} times" for name, times in ids.items() if times > 1)
    for element in tree.iter():
        wanted = [name for attribute in REFERENCES for name in (element.get(attribute) or "").split()]
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            wanted.append((element.get("href") or "")[1:])
        yield from (
            f"{element.tag} refers to {name!r}, which is nowhere" for name in wanted if name not in ids
        )


def _labels(tree: Element) -> Iterator[str]:
    named = {label.get("for", "") for label in tree.iter("label") if text_of(label)} - {""}
    wrapped = {id(child) for label in tree.iter("label") if text_of(label) for child in label.iter()}
    for field in tree.iter():
        if field.tag not in TYPED or (field.tag == "input" and field.get("type", "text") in UNLABELLED):
            continue
        says = field.get("aria-label") or field.get("aria-labelledby")
        if not says and id(field) not in wrapped and field.get("id") not in named:
            yield f"{field.tag} {field.get('name')!r} has no label"
    for fieldset in tree.iter("fieldset"):
        legend = fieldset.find("legend")
        if legend is None or not text_of(legend):
            yield "a fieldset has no legend"


def _forms(tree: Element) -> Iterator[str]:
    for form in tree.iter("form"):
        name = f"form {form.get('action')!r}"
        if not (form.get("action") or "").startswith("/"):
            yield f"{name} has no local action"
        if form.get("method") not in ("get", "post"):
            yield f"{name} has no method"
        keys = [field.get("value") for field in form.iter("input") if field.get("name") == "form_key"]
        if form.get("method") == "post" and not (len(keys) == 1 and keys[0]):
            yield f"{name} must hold one form_key, not {len(keys)}"
        if form.get("method") == "get" and keys:
            yield f"{name} puts its form_key in the address"


def _buttons(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        if element.tag in ("button", "a") and not text_of(element) and not element.get("aria-label"):
            yield f"a {element.tag} says nothing"
        if element.tag == "a" and not element.get("href"):
            yield f"the link {text_of(element)!r} leads nowhere"


def _inline(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        tag = str(element.tag)
        yield from (f"{tag} has {name}" for name in element.attrib if name == "style" or name[:2] == "on")
        if tag.rpartition("}")[2] == "style" or (tag == "script" and not element.get("src")):
            yield f"there is an inline {tag}"
        if (element.get("href") or "").strip().lower().startswith("javascript:"):
            yield f"{tag} runs a script"


def _loads(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        address = element.get(LOADS.get(str(element.tag), ""), "")
        if urlsplit(address).netloc or urlsplit(address).scheme:
            yield f"{element.tag} goes to another site: {address}"


def _alternatives(tree: Element) -> Iterator[str]:
    yield from (f"img {img.get('src')!r} has no alt" for img in tree.iter("img") if img.get("alt") is None)
