"""The kinds of fields a mission's pages are made of: all may be left empty until it is sent."""

from collections.abc import Container, Mapping
from typing import Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from marketplace.text import N_
from marketplace.web.forms import Form

UNKNOWN = N_("Choisissez une réponse dans la liste.")


class StepForm(Form):
    """One page of a draft: what it writes in the mission and in its slot."""

    def columns(self) -> Mapping[str, Any]:
        """The mission's columns."""
        return self.model_dump()

    def slot_columns(self) -> Mapping[str, Any]:
        """The slot's columns."""
        return {}


def one_of(keys: Container[str]) -> AfterValidator:
    """A text that is one key of a vocabulary, or nothing yet."""

    def known(value: str) -> str:
        if value and value not in keys:
            raise ValueError(UNKNOWN)
        return value

    return AfterValidator(known)


def some_of(keys: Container[str], at_most: int = 100) -> AfterValidator:
    """A list of keys of a vocabulary: each once, in the order sent."""

    def known(values: list[str]) -> list[str]:
        if any(value not in keys for value in values):
            raise ValueError(UNKNOWN)
        chosen = list(dict.fromkeys(values))
        if len(chosen) > at_most:
            raise PydanticCustomError("too_long", "too long", {"max_length": at_most})
        return chosen

    return AfterValidator(known)


def line(at_most: int) -> AfterValidator:
    """A short text, put on one line."""

    def short(value: str) -> str:
        text = " ".join(value.split())
        if len(text) > at_most:
            raise PydanticCustomError("string_too_long", "too long", {"max_length": at_most})
        return text

    return AfterValidator(short)
