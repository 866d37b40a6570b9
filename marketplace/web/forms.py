"""Forms: what was typed is read, checked, and kept for the page that shows it again."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from marketplace.text import N_
from marketplace.web import typed
from marketplace.web.form_messages import said

MAX_FIELDS = 500
UNKNOWN_CHOICE = N_("Choisissez une réponse dans la liste.")


class Form(BaseModel):
    """What a form may send: nothing else is looked at, so a field named `status` changes nothing."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, frozen=True)

    def problems(self) -> Iterable[tuple[str, str]]:
        """(field, message) for what is wrong between fields; overridden where there is something to say."""
        return ()


@dataclass(frozen=True, slots=True)
class Says:
    """The sentence shown when a field is missing or wrong, unless a rule has a better one."""

    text: str


F = TypeVar("F", bound=Form)


@dataclass(slots=True)
class Submission(Generic[F]):
    """What somebody sent: `form` when all is well, else `errors` as (field, message) in page order."""

    data: Mapping[str, list[str]]
    form: F | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)

    def value(self, name: str) -> str:
        """What was typed in a field, or ''."""
        return self.values(name)[-1] if self.values(name) else ""

    def values(self, name: str) -> list[str]:
        """All that was ticked under a name."""
        return self.data.get(name, [])

    def error(self, name: str) -> str | None:
        """What is wrong with a field."""
        return dict(reversed(self.errors)).get(name)

    def refuse(self, name: str, message: str) -> None:
        """Add what an action found wrong with a field."""
        self.form = None
        self.errors.append((name, message))


async def read(kind: type[F], request: Request, context: Mapping[str, Any] | None = None) -> Submission[F]:
    """Parse what was posted; `context` is given to the form's validators (choices of a mission…)."""
    return parse(kind, await read_form(request), context)


async def read_form(request: Request) -> FormData:
    """What was posted, as text.

    Raises:
        HTTPException: 400, it is no form.
    """
    try:
        return await request.form(max_files=0, max_fields=MAX_FIELDS)
    except UnicodeError:  # of a multipart form that names a strange encoding
        raise HTTPException(400) from None


def parse(kind: type[F], sent: FormData, context: Mapping[str, Any] | None = None) -> Submission[F]:
    """The same for data already at hand (a query string)."""
    data = {name: [v for v in sent.getlist(name) if isinstance(v, str)] for name in sent}
    shown = {name: [typed.shown_again(v) for v in values] for name, values in data.items()}
    submission: Submission[F] = Submission(shown)
    prepared: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        values = [typed.clean(value) for value in data.get(name, [])]
        if any(typed.unreadable(value) for value in values):
            submission.errors.append((name, said("unreadable", {}, None)))
            continue
        value = _prepare(name, info, values, data)
        if value is not None:
            prepared[name] = value
    try:
        form = kind.model_validate(prepared, context=dict(context or {}))
    except ValidationError as error:
        submission.errors += _messages(kind, error, {name for name, _ in submission.errors})
        submission.errors.sort(key=lambda said: list(kind.model_fields).index(said[0]))
        return submission
    submission.errors += form.problems()
    submission.form = None if submission.errors else form
    return submission


def _prepare(name: str, info: FieldInfo, values: list[str], data: Mapping[str, list[str]]) -> Any:
    kinds = {info.annotation, *get_args(info.annotation)}
    if get_origin(info.annotation) in (list, tuple) or any(get_origin(kind) is list for kind in kinds):
        return [value for value in values if value]
    if datetime in kinds:
        return typed.instant(name, data)
    if date in kinds:
        return typed.day(name, data)
    if bool in kinds:
        return bool(values and values[-1])
    return (values[-1] if values else "") if info.is_required() else (values[-1] if values else None)


def _messages(kind: type[Form], error: ValidationError, known: set[str]) -> Iterable[tuple[str, str]]:
    for problem in error.errors():
        name = str(problem["loc"][0]) if problem["loc"] else ""
        if name in known:
            continue
        known.add(name)
        says = next((m.text for m in kind.model_fields[name].metadata if isinstance(m, Says)), None)
        yield name, said(problem["type"], problem.get("ctx", {}), says)


def _email(value: str) -> str:
    return typed.email(value)


def text(at_least: int, at_most: int) -> StringConstraints:
    """A text field's rule, inside Annotated: length in characters, without the spaces around."""
    return StringConstraints(min_length=at_least, max_length=at_most)


def some_of(keys: Container[str], at_most: int = 100) -> AfterValidator:
    """A list of keys of a vocabulary: each once, in the order sent."""

    def known(values: list[str]) -> list[str]:
        if any(value not in keys for value in values):
            raise ValueError(UNKNOWN_CHOICE)
        chosen = list(dict.fromkeys(values))
        if len(chosen) > at_most:
            raise PydanticCustomError("too_long", "too long", {"max_length": at_most})
        return chosen

    return AfterValidator(known)


def one_of(keys: Container[str], *, optional: bool = False) -> AfterValidator:
    """The rule of a text that is one of these keys, or (where it is optional) nothing."""

    def known(value: str) -> str:
        if value not in keys and not (optional and value == ""):
            raise ValueError(UNKNOWN_CHOICE)
        return value

    return AfterValidator(known)


Email = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(_email),
    Says(N_("Écrivez une adresse e-mail complète, par exemple prenom@exemple.fr.")),
]
NAMES_NO_ONE = re.compile(r"[/\\@<>]|www\.", re.IGNORECASE)  # mails say names: no way out of ours


def _name(value: str) -> str:
    """The name of a person, on one line. ValueError: it is an address or a link."""
    if NAMES_NO_ONE.search(value):
        raise ValueError(N_("Écrivez un nom seulement, sans adresse ni lien."))
    return " ".join(value.split())


PersonName = AfterValidator(_name)
Yes = Annotated[bool, BeforeValidator(typed.must_be_ticked)]
