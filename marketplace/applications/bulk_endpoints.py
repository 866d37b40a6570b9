"""Pages to answer several applications at once: the words, a preview, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import bulk_actions, inbox_queries
from marketplace.applications.answer_forms import DeclineForm
from marketplace.applications.answers import Ending
from marketplace.applications.bulk_actions import why_not_answer
from marketplace.applications.bulk_letters import letters
from marketplace.applications.bulk_policies import AT_ONCE, is_answered
from marketplace.applications.queries import Candidacy
from marketplace.applications.received import Received, received
from marketplace.errors import Refusal
from marketplace.lifecycle import By
from marketplace.missions import words
from marketplace.text import N_, _
from marketplace.vocabulary.reasons import DECLINE_REASONS
from marketplace.web.clock import now
from marketplace.web.forms import Submission, parse, read_form
from marketplace.web.ids import may_be_public_id
from marketplace.web.pages import page, redirect

YES = "oui"
NOT_DONE = "-"  # after the name of one, in the address of what was done
TOO_MANY = N_("Cinquante candidatures au plus à la fois\u00a0: les autres attendent la prochaine fois.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The applications ticked that are this account's to answer, and the answer."""

    accepts: bool
    named: Sequence[str]  # public ids, those refused included
    ready: Sequence[Candidacy]
    refused: Sequence[tuple[Received, Refusal]]
    unknown: int  # nobody's, or not this account's
    too_many: bool

    @property
    def people(self) -> int:
        """How many people the answer goes to: somebody may have applied for several dates."""
        return _people(self.ready)


async def answers(request: Request) -> Response:
    """What was ticked: what each receives, or first the reason of a no."""
    chosen = await _chosen(request, request.query_params)
    if chosen.accepts or not chosen.ready:
        return await _check(request, chosen, None)
    return await _words(request, chosen)


async def send_answers(request: Request) -> Response:
    """From the words to the preview, back to the words, or done: each in its own transaction."""
    posted = await read_form(request)
    chosen = await _chosen(request, posted)
    sends = posted.get("step") == "send" and not chosen.too_many
    if not chosen.ready and not (sends and chosen.named):
        return await _check(request, chosen, None, status=409)
    if chosen.accepts:
        sent, ending = None, None
    else:
        sent = parse(DeclineForm, posted)
        if sent.value("step") == "write":
            return await _words(request, chosen, Submission(sent.data))
        if sent.form is None:
            return await _words(request, chosen, sent, status=422)
        ending = Ending(By.ASSOCIATION, sent.form.reason, sent.form.message)
    return await (_send(request, chosen, ending) if sends else _check(request, chosen, ending, sent))


async def answers_given(request: Request) -> Response:
    """What was done, person by person, and why the others were not."""
    accepts = request.query_params.get("reponse") == YES
    typed = request.query_params.get("c", "").split(".")[:AT_ONCE]
    marked = {one.removesuffix(NOT_DONE): not one.endswith(NOT_DONE) for one in typed}
    at = now()
    found = await inbox_queries.named(viewer_of(request).account_id, [*filter(may_be_public_id, marked)])
    done = [
        one for one in found if marked[one.application.public_id] and is_answered(one.application, accepts)
    ]
    others = [one for one in found if one not in done]
    return page(
        request,
        "applications/answers_given.html",
        accepts=accepts,
        done=[await received(one, at) for one in done],
        people=_people(done),
        others=[(await received(one, at), why_not_answer(one, accepts, at)) for one in others],
        words=words,
    )


def _people(found: Sequence[Candidacy]) -> int:
    return len({one.application.volunteer for one in found})


async def _chosen(request: Request, typed: QueryParams | FormData) -> Chosen:
    at, accepts = now(), typed.get("reponse") == YES
    texts = [one for one in typed.getlist("c") if isinstance(one, str)]
    ticked = dict.fromkeys(filter(may_be_public_id, texts))
    names = list(ticked)[:AT_ONCE]
    found = await inbox_queries.named(viewer_of(request).account_id, names)
    refusals = [(one, why_not_answer(one, accepts, at)) for one in found]
    return Chosen(
        accepts=accepts,
        named=[one.application.public_id for one in found],
        ready=[one for one, refusal in refusals if refusal is None],
        refused=[(await received(one, at), refusal) for one, refusal in refusals if refusal],
        unknown=len(names) - len(found),
        too_many=len(ticked) > AT_ONCE,
    )


async def _words(
    request: Request, chosen: Chosen, sent: Submission[DeclineForm] | None = None, status: int = 200
) -> Response:
    return await _page(request, "answers_words", chosen, sent, status, reasons=DECLINE_REASONS)


async def _check(
    request: Request,
    chosen: Chosen,
    ending: Ending | None,
    sent: Submission[DeclineForm] | None = None,
    status: int = 200,
) -> Response:
    written = await letters(chosen.ready, ending, now()) if chosen.ready else []
    return await _page(request, "answers_check", chosen, sent, status, letters=written)


async def _page(
    request: Request,
    name: str,
    chosen: Chosen,
    sent: Submission[DeclineForm] | None,
    status: int,
    **values: object,
) -> Response:
    at = now()
    return page(
        request,
        f"applications/{name}.html",
        status=status,
        chosen=chosen,
        people=[await received(one, at) for one in chosen.ready],
        too_many=_(TOO_MANY) if chosen.too_many else "",
        sent=sent,
        words=words,
        **values,
    )


async def _send(request: Request, chosen: Chosen, ending: Ending | None) -> Response:
    done = await bulk_actions.answer_several(viewer_of(request).account_id, chosen.named, ending, now())
    marked = ".".join(one if was_done else one + NOT_DONE for one, was_done in done.items())
    return redirect("applications.answers_given", reponse=YES if chosen.accepts else "non", c=marked)
