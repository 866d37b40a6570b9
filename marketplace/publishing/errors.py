"""What the rules say no to when a mission is sent, published or changed."""

from collections.abc import Sequence

from marketplace.errors import Refusal
from marketplace.missions.series import MOST_DATES
from marketplace.text import N_, _, ngettext


class NotVerified(Refusal):
    """Until a moderator has verified it, an association writes drafts."""

    title = N_("L’association n’est pas encore vérifiée")
    message = N_("Votre brouillon est gardé. Vous pourrez l’envoyer quand l’association sera vérifiée.")


class Incomplete(Refusal):
    """Something is missing, or a rule closes the way."""

    title = N_("La mission n’est pas prête")

    def __init__(self, public_id: str, missing: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(message for _step, message in missing))
        self.links = [(N_("Revoir la mission"), "missions.check", {"mission": public_id})]


class NotRunning(Refusal):
    """Only a mission that is online or paused has places and words to change."""

    title = N_("Cette mission n’est pas en ligne")
    message = N_("Seule une mission en ligne ou en pause se modifie ainsi.")


class AboutField(Refusal):
    """A no to what was typed in one field: its form says it, and keeps the rest."""

    field = "starts"


class TooFewPlaces(AboutField):
    """Places cannot go below those taken."""

    field = "places"
    title = N_("Ces places sont déjà prises")

    def __init__(self, taken: int) -> None:
        super().__init__(
            ngettext(
                "%(num)s place est prise ou tenue pour quelqu’un : gardez-la. "
                "Pour la libérer, répondez d’abord à la candidature.",
                "%(num)s places sont prises ou tenues pour quelqu’un : gardez-en au moins autant. "
                "Pour en libérer, répondez d’abord aux candidatures.",
                taken,
            )
            % {"num": taken}
        )


class PeopleExpected(Refusal):
    """People are accepted for dates to come: nobody is left to come to a mission that is over."""

    title = N_("Des personnes sont attendues")
    message = N_(
        "Des personnes sont acceptées à une date à venir. Annulez d’abord ces dates, ou toute la mission : "
        "chacun est prévenu."
    )

    def __init__(self, public_id: str) -> None:
        super().__init__()
        at = {"mission": public_id}
        self.links = [
            (N_("Voir les dates"), "publishing.dates", at),
            (N_("Annuler la mission"), "publishing.ask_cancel", at),
        ]


class DateOver(Refusal):
    """A date that has started, or is cancelled, stays as it is."""

    title = N_("Cette date ne change plus")
    message = N_("Elle a commencé, elle est passée ou elle est annulée : elle reste pour mémoire.")


class StaysUndated(Refusal):
    """People chose a mission « quand vous voulez »: it gets no dates afterwards."""

    title = N_("Cette mission n’a pas de dates")
    message = N_(
        "Des personnes s’y fient : on vient quand on veut. Pour une mission à des dates précises, dupliquez "
        "celle-ci, écrivez les dates et envoyez la copie."
    )


class KnownDates(AboutField):
    """All the dates sent exist already."""

    title = N_("Ces dates existent déjà")
    message = N_("La mission a déjà toutes ces dates, à la même heure. Rien n’a changé.")


class TooLate(AboutField):
    """People apply until two hours before."""

    title = N_("Cette date est trop proche")
    message = N_("On postule jusqu’à deux heures avant le début : choisissez une date plus lointaine.")


class MinorsAtNight(AboutField):
    """Minors never come between 22:00 and 6:00."""

    title = N_("Pas de date la nuit avec des mineurs")
    message = N_(
        "Cette mission est ouverte aux mineurs, ou demande à l’être : aucune date ne peut se passer, même en "
        "partie, entre 22 h et 6 h. Pour des dates la nuit, dupliquez la mission et envoyez la copie."
    )


class TooManyDates(AboutField):
    """So many dates are nobody's to read."""

    field = "until"
    title = N_("Cela fait trop de dates")

    def __init__(self, count: int) -> None:
        said = _("La mission aurait {count} dates à venir, et {most} au plus sont possibles.")
        super().__init__(said.format(count=count, most=MOST_DATES))


class MinorsStayOut(Refusal):
    """A rule closes this mission to minors, or its association does not ask for them."""

    title = N_("Cette mission reste fermée aux mineurs")
    message = N_("L’association ne demande pas à accueillir des mineurs.")
