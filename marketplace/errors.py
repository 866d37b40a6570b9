"""A rule's no, and a row that is not there (or not yours)."""

from collections.abc import Mapping


class Refusal(Exception):
    """A rule's "no" to an action, shown to the person as a page of its own.

    `status` is the HTTP answer (403, 409 or 410), `title` and `message` are said to the person,
    `links` are (label, route name, route parameters) of what to do next.
    """

    status = 409
    title = ""
    message = ""

    def __init__(self, message: str = "") -> None:
        self.message = message or self.message
        self.links: list[tuple[str, str, Mapping[str, str]]] = []
        super().__init__(self.message)


class NotFound(Exception):
    """The row does not exist, or this person may not know that it does."""
