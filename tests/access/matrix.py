"""Who gets what at every URL: one row per route of `marketplace.routes`, by its name.

A route without a row fails the tests, and so does a row without a route. To add one:

    "missions.show": page(),                          everybody sees it (200)
    "accounts.show": accounts(200),                   who has no account is sent to sign in
    "associations.show": members(200),                a 404 for the accounts that do not belong to it
    "applications.show": applicant(200),              a 404 for all but the volunteer of the application
    "moderation.queue": moderators(200),              everybody else is sent to the staff's door
    "guardians.show": guardian(200),                  a dead link for who does not hold it
    "associations.submit": members(409),              a POST: the answer to a form sent empty (or `sends`)

`.at(association="draft association")` puts another row of tests/people.py in the path, `.sends(email="x")`
gives a POST its fields, `.but(MEMBER, 422)` makes an exception. A path's new `{…}` needs an entry in `ids`
of tests/people.py. Pages that answer 200 are then read by axe-core too (tests/browser/test_accessibility.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.people import (
    ELSEWHERE,
    GUARDIAN,
    MEMBER,
    MODERATOR,
    OTHER_VOLUNTEER,
    PEOPLE,
    VISITOR,
    VOLUNTEER,
)

DOOR, STAFF_DOOR = "asked to sign in", "asked to sign in as staff"
Answer = int | str


@dataclass(frozen=True)
class Row:
    """What each kind of person is answered."""

    expected: Mapping[str, Answer]
    ids: Mapping[str, str]
    data: Mapping[str, str]

    def at(self, **ids: str) -> "Row":
        """The same, about other rows: `.at(mission="draft mission")`."""
        return replace(self, ids=ids)

    def sends(self, **data: str) -> "Row":
        """The same, with these fields in the form."""
        return replace(self, data=data)

    def but(self, person: str, answer: Answer) -> "Row":
        """The same, except for one kind of person."""
        return replace(self, expected={**self.expected, person: answer})


def row(expected: Mapping[str, Answer]) -> Row:
    return Row(expected, {}, {})


def everybody(answer: Answer) -> Row:
    """The same answer for everybody."""
    return row(dict.fromkeys(PEOPLE, answer))


def accounts(answer: Answer) -> Row:
    """For whoever is signed in."""
    signed_in = dict.fromkeys((VOLUNTEER, OTHER_VOLUNTEER, MEMBER, ELSEWHERE), answer)
    return row({VISITOR: DOOR, GUARDIAN: DOOR, MODERATOR: DOOR} | signed_in)


def only(person: str, answer: Answer) -> Row:
    """For one of those who may be signed in; to the others the row does not exist."""
    return accounts(404).but(person, answer)


def members(answer: Answer) -> Row:
    """For the members of the association."""
    return only(MEMBER, answer)


def applicant(answer: Answer) -> Row:
    """For the volunteer of the application."""
    return only(VOLUNTEER, answer)


def moderators(answer: Answer) -> Row:
    """For moderators; everybody else is shown the staff's door."""
    return everybody(STAFF_DOOR).but(MODERATOR, answer)


def guardian(answer: Answer, without: Answer = 410) -> Row:
    """For who holds the guardian's link; to the others it is a dead one."""
    return everybody(without).but(GUARDIAN, answer)


MATRIX: dict[str, Row] = {
    # --- reading the site
    "front.home": everybody(200),
    "front.missions": everybody(200),
    "front.mission": everybody(200),
    "front.association": everybody(200),
    "front.for_associations": everybody(200),
    "front.about": everybody(200),
    "front.accessibility": everybody(200),
    "front.privacy": everybody(200),
    "front.health": everybody(200),
    # --- not sure, and pages to land on
    "front.guide": everybody(200),
    "front.talk": everybody(200),
    "front.france": everybody(200),
    "front.department": everybody(200),
    "front.domain": everybody(200),
    "front.audience": everybody(200),
    # --- signing in
    "accounts.sign_in": everybody(200),
    "accounts.ask": everybody(422),
    "accounts.code": everybody(200),
    "accounts.enter_code": everybody(422),
    "accounts.arrive": everybody(303),
    "accounts.link": everybody(200),
    "accounts.use_link": everybody(410),
    # --- one's account
    "front.space": accounts(200),
    "front.applications": accounts(200),
    "accounts.show": accounts(200),
    "accounts.update": accounts(422),
    "accounts.ask_email_change": accounts(422),
    "accounts.choose_language": accounts(422),
    "accounts.end_session": only(VOLUNTEER, 303),
    "accounts.sign_out": accounts(303),
    # --- what one looks for, and the missions that answer it
    "volunteers.profile": accounts(200),
    "volunteers.save_profile": accounts(303),  # empty: nothing is kept
    "volunteers.forget_profile": accounts(303),
    "front.for_me": accounts(200),
    # --- the missions one keeps
    "front.favourites": accounts(200),
    "front.remove_favourite": only(VOLUNTEER, 303),
    "front.keeping": accounts(200),
    "front.keep": accounts(303),
    "front.let_go": accounts(303),
    # --- one's associations
    "associations.index": accounts(200),
    "associations.new": accounts(200),
    "associations.create": accounts(422),
    "associations.show": members(200),
    "associations.identity": members(200).at(association="draft association"),
    "associations.save_identity": members(422).at(association="draft association"),
    "associations.place": members(200).at(association="draft association"),
    "associations.save_place": members(422).at(association="draft association"),
    "associations.contact": members(200).at(association="draft association"),
    "associations.save_contact": members(422).at(association="draft association"),
    "associations.insurance": members(200).at(association="draft association"),
    "associations.save_insurance": members(422).at(association="draft association"),
    "associations.safeguarding": members(200).at(association="draft association"),
    "associations.save_safeguarding": members(422).at(association="draft association"),
    "associations.charter": members(200).at(association="draft association"),
    "associations.accept_charter": members(422).at(association="draft association"),
    "associations.check": members(200).at(association="draft association"),
    "associations.submit": members(303).at(association="draft association"),
    # --- figures
    "impact.statistics": everybody(200),
    "impact.statistics_csv": everybody(200),
    "impact.association": members(200),
    "impact.mission": members(200),
    # --- members, and who is invited
    "associations.absence": members(200),
    "associations.announce_absence": members(422),
    "associations.end_absence": members(303),
    "associations.members": members(200),
    "associations.invite": members(422),
    "associations.member_role": members(200),
    "associations.change_role": members(422),
    "associations.send_again": members(303),
    "associations.cancel_invitation": members(303),
    "missions.departure": members(200),
    "missions.depart": members(303),
    "missions.referent": members(200),
    "missions.choose_referent": members(422),
    "applications.arrive_to_join": everybody(303),
    "applications.joining": everybody(410).but(OTHER_VOLUNTEER, 200).at(link="invitation link"),
    "applications.join": everybody(410).but(OTHER_VOLUNTEER, 422).at(link="invitation link"),
    "applications.joined": everybody(200),
    # --- moderators
    "moderation.sign_in": everybody(200).but(MODERATOR, 303),
    "moderation.enter": everybody(422),
    "moderation.sign_out": moderators(STAFF_DOOR),
    "moderation.queue": moderators(200),
    "moderation.association": moderators(200).at(association="submitted association"),
    "moderation.decide_association": moderators(422).at(association="submitted association"),
    "moderation.mission": moderators(200).at(mission="submitted mission"),
    "moderation.decide_mission": moderators(422).at(mission="submitted mission"),
    # --- the new missions of a search, by e-mail
    "front.new_saved_search": everybody(200),
    "front.save_search": everybody(422),
    "front.saved_search_asked": everybody(200),
    "front.saved_search_confirmed": everybody(200),
    "front.arrive_to_save": everybody(303),
    "front.confirming_saved_search": everybody(410),
    "front.confirm_saved_search": everybody(410),
    "front.leaving_saved_search": everybody(200),
    "front.leave_saved_search": everybody(200),
    "front.saved_searches": accounts(200),
    "front.pause_saved_search": only(VOLUNTEER, 303),
    "front.resume_saved_search": only(VOLUNTEER, 303),
    "front.delete_saved_search": only(VOLUNTEER, 303),
    # --- one's calendar, hours and attestations
    "front.calendar": accounts(200),
    "front.make_calendar_link": accounts(303),
    "front.calendar_link": accounts(404).but(VOLUNTEER, 200).at(link="calendar link"),
    "front.end_calendar_link": accounts(303),
    "exchange.calendar_feed": everybody(200).at(secret="calendar secret"),
    "impact.hours": accounts(200),
    "impact.make_attestation": only(VOLUNTEER, 303),
    "impact.attestation": only(VOLUNTEER, 200),
    "impact.check_attestation": everybody(200),
    # --- applying
    # who has applied already (409) or belongs to the association (403) is told so
    "applications.new": everybody(200).but(VOLUNTEER, 409).but(MEMBER, 403),
    # empty: a visitor's lacks their name; an account's leads to "check your answers"
    "applications.create": everybody(422)
    .but(OTHER_VOLUNTEER, 200)
    .but(ELSEWHERE, 200)
    .but(VOLUNTEER, 409)
    .but(MEMBER, 403)
    .sends(slots="sans-date"),
    "applications.held": everybody(200),
    "applications.offer_taken": everybody(200),
    "applications.offer_left": everybody(200),
    "applications.arrive_to_answer_offer": everybody(303),
    "applications.offer_by_link": everybody(404).but(VOLUNTEER, 200).at(link="offer link"),
    "applications.take_offer_by_link": everybody(404).but(VOLUNTEER, 303).at(link="offer link"),
    "applications.leave_offer_by_link": everybody(404).but(VOLUNTEER, 303).at(link="offer link"),
    "applications.arrive": everybody(303),
    "applications.confirmation": everybody(200),
    "applications.confirm": everybody(410),
    "applications.arrive_to_withdraw": everybody(303),
    "applications.withdrawal_by_link": everybody(404).but(VOLUNTEER, 200).at(link="withdrawal link"),
    "applications.withdraw_by_link": everybody(404).but(VOLUNTEER, 303).at(link="withdrawal link"),
    # --- one's applications
    "applications.show": applicant(200),
    "applications.sent": accounts(200),
    "applications.leave_list": applicant(303).at(application="waiting application"),
    "applications.offer": applicant(200).at(application="offered application"),
    "applications.take_offer": applicant(303).at(application="offered application"),
    "applications.leave_offer": applicant(303).at(application="offered application"),
    "applications.withdrawal": applicant(200),
    "applications.withdraw": applicant(303),
    # --- the association's answers
    "applications.inbox": accounts(200),
    "applications.answers": accounts(200),
    "applications.send_answers": accounts(409),
    "applications.answers_given": accounts(200),
    "applications.of_mission": members(303),
    "applications.accepted_csv": members(200),
    "applications.answer": members(200),
    "applications.accept": members(303),
    "applications.meet": members(422),
    "applications.decline": members(422),
    # --- messages
    "messages.own": applicant(200),
    "messages.write_own": applicant(422),
    "messages.received": members(200),
    "messages.write_received": members(422),
    "messages.to_all": members(200),
    "messages.send_to_all": members(422),
    "messages.sent_to_all": members(303),  # nothing was sent yet
    # --- before, during and after a slot
    "applications.arrive_to_say": everybody(303),
    "applications.presence": everybody(404).but(VOLUNTEER, 200).at(link="presence link"),
    "applications.say_coming": everybody(404).but(VOLUNTEER, 303).at(link="presence link"),
    "applications.say_not_coming": everybody(404).but(VOLUNTEER, 303).at(link="presence link"),
    "applications.arrive_to_feedback": everybody(303),
    "applications.feedback_by_link": everybody(404).but(VOLUNTEER, 200).at(link="feedback link"),
    "applications.give_feedback_by_link": everybody(404).but(VOLUNTEER, 422).at(link="feedback link"),
    "applications.feedback": applicant(200),
    # not accepted, so that there is nothing to tell
    "applications.give_feedback": applicant(409),
    "applications.attendance": members(200).at(slot="slot key"),
    "applications.note_attendance": members(303).at(slot="slot key"),
    "applications.thanks": members(200).at(application="accepted application"),
    "applications.write_thanks": members(422).at(application="accepted application"),
    # --- guardians, by their mailed links
    "guardians.refused": everybody(200),
    "guardians.new_link_sent": everybody(200),
    "guardians.arrive": everybody(303),
    "guardians.show": guardian(200),
    "guardians.send_new_link": everybody(303),
    "guardians.agreement": guardian(200),
    "guardians.give": guardian(422),
    "guardians.refusal": guardian(200),
    "guardians.refuse": guardian(303),
    "guardians.arrive_to_follow": everybody(303),
    "guardians.follow": guardian(200).at(link="parent link"),
    "guardians.withdrawal": guardian(200).at(link="parent link"),
    "guardians.withdraw": guardian(303).at(link="parent link"),
    # --- an association's missions
    "missions.index": members(200),
    "missions.create": members(303),
    "missions.write": members(200).at(mission="draft mission"),
    "missions.save": members(303).at(mission="draft mission"),
    "missions.check": members(200).at(mission="draft mission"),
    "missions.duplicate": members(303),
    "publishing.show": members(200),
    "publishing.preview": members(200).at(mission="draft mission"),
    "publishing.submit": members(303).at(mission="draft mission"),
    "publishing.pause": members(303),
    "publishing.resume": members(303).at(mission="paused mission"),
    "publishing.edit": members(200),
    "publishing.update": members(303),
    "publishing.dates": members(200).at(mission="dated mission"),
    "publishing.add_dates": members(422).at(mission="dated mission"),
    "publishing.date": members(200).at(slot="slot key"),
    "publishing.change_places": members(422).at(slot="slot key"),
    "publishing.ask_cancel_dates": members(200).at(mission="dated mission", slot="dated slot"),
    "publishing.cancel_dates": members(303).at(mission="dated mission", slot="dated slot"),
    "publishing.stand": members(303),
    "publishing.arrive_to_confirm": everybody(303),
    "publishing.confirming": everybody(404).but(MEMBER, 200).at(link="standing link"),
    "publishing.confirm": everybody(404).but(MEMBER, 303).at(link="standing link"),
    "publishing.ask_finish": members(200),
    "publishing.finish": members(303),
    "publishing.ask_cancel": members(200),
    "publishing.cancel": members(303),
}
