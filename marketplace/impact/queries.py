"""Reading what the statistics job published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.impact.policies import Scope
from marketplace.impact.tables import Statistic, UsualAnswer


@dataclass(frozen=True, slots=True)
class Published:
    """The public figures, counted together."""

    whole: Statistic
    departments: Sequence[Statistic]  # most places first
    audiences: Sequence[Statistic]

    @property
    def computed_at(self) -> datetime:
        """When they were counted."""
        return self.whole.computed_at


async def published() -> Published | None:
    """The figures, from one statement: those of one count. None before the first."""
    rows = await Statistic.objects().order_by(Statistic.places, ascending=False).order_by(Statistic.key)
    whole = [row for row in rows if row.scope == Scope.ALL]
    if not whole:
        return None
    return Published(
        whole=whole[0],
        departments=[row for row in rows if row.scope == Scope.DEPARTMENT],
        audiences=[row for row in rows if row.scope == Scope.AUDIENCE],
    )


async def usual_answer_days(association_id: int) -> int | None:
    """« Répond en général en N jours »; None below five answers, or before they were counted."""
    row = await UsualAnswer.objects().get(UsualAnswer.association == association_id)
    return row.days if row else None
