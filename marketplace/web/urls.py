"""From a route's name to its address, in the language being spoken."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlencode

from marketplace import settings
from marketplace.text import LANGUAGES, language

STATIC_FOLDER = Path(__file__).parent.parent.parent / "static"

LONGEST_PATH = 400  # written as an address; what remembers where a form led holds 1,000

_paths: dict[str, str] = {}
_static: dict[str, str] = {}


def register(names_and_paths: Iterable[tuple[str, str]]) -> None:
    """Learn the routes of the site. Two of one name: ValueError."""
    for name, path in names_and_paths:
        if _paths.setdefault(name, path) != path:
            raise ValueError(f"Two routes are named {name}.")


def path_for(name: str, /, **params: object) -> str:
    """The path of a route: `{…}` parts from `params`, the others as a query. Unknown name: KeyError."""
    path = _paths[name]
    query = {}
    for key, value in params.items():
        marker = "{" + key + "}"
        if marker in path:
            path = path.replace(marker, quote(str(value), safe=""))
        elif value not in (None, "", []):
            query[key] = value
    if "{" in path:
        raise KeyError(f"{name} misses a parameter: {path}")
    return localised(path) + (f"?{urlencode(query, doseq=True)}" if query else "")


def localised(path: str, lang: str = "") -> str:
    """The path in a language: French at /, the others under their code."""
    lang = lang or language()
    return path if lang == LANGUAGES[0] else f"/{lang}{path}"


def absolute(name: str, /, **params: object) -> str:
    """The whole address, for e-mails: never made from a request."""
    return settings.current().public_url + path_for(name, **params)


def static(path: str) -> str:
    """The address of a file under static/, which changes when the file does."""
    if path not in _static:
        _static[path] = sha256((STATIC_FOLDER / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={_static[path]}"


def is_local_path(path: str) -> bool:
    """Whether it is safe to send somebody there after signing in: a path of this site, nothing else."""
    if len(quote(path, safe="")) > LONGEST_PATH:
        return False
    # Nothing more: what starts with one slash has neither scheme nor host, and a URL parser may raise.
    return path.startswith("/") and path[1:2] != "/" and not any(c in path for c in "\\\r\n\t\0")
