"""What may still be asked of a guardian. Pure."""

from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application


def awaits(application: Application) -> bool:
    """Whether it waits for a guardian's answer.

    Even once its slot is over: a clock that comes late must not leave it waiting for ever.
    """
    return bool(application.status == Status.AWAITING_CONSENT)
