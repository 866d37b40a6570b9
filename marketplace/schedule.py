"""What runs when: the one list of jobs. Each finds its work by comparing dates, and may be run again."""

from datetime import timedelta

from marketplace.accounts import actions as accounts
from marketplace.applications import (
    attendance_actions,
    feedback_actions,
    holds,
    late,
    presence_actions,
    waiting,
)
from marketplace.associations import insurance_actions
from marketplace.associations import invitation_actions as invitations
from marketplace.discovery import actions as discovery
from marketplace.discovery import counts, saved_actions
from marketplace.front import favourites_actions, saved_words
from marketplace.guardians import actions as guardians
from marketplace.impact import actions as impact
from marketplace.jobs.clock import Scheduled
from marketplace.mail import delivery
from marketplace.moderation import staff
from marketplace.publishing import silences, stands, suspension
from marketplace.web import limits, sent_forms

SCHEDULE = [
    Scheduled("deliver e-mails", timedelta(seconds=2), delivery.deliver),
    Scheduled("index what changed", timedelta(seconds=2), discovery.sweep),
    Scheduled("drop unconfirmed applications", timedelta(minutes=1), holds.drop_unconfirmed),
    Scheduled("end late applications", timedelta(minutes=1), late.end_late),
    Scheduled("remind associations", timedelta(minutes=5), late.remind),
    Scheduled("offer free places", timedelta(minutes=1), waiting.sweep),
    Scheduled("forget silences", timedelta(hours=24), late.forget_silences),
    Scheduled("end unanswered consent requests", timedelta(minutes=5), guardians.end_silent),
    Scheduled("cancel dates of suspended associations", timedelta(minutes=5), suspension.cancel_dates),
    Scheduled("pause silent associations", timedelta(hours=1), silences.pause_silent),
    Scheduled("warn that insurances end", timedelta(hours=24), insurance_actions.warn),
    Scheduled("ask whether missions stand", timedelta(hours=6), stands.ask_and_pause),
    Scheduled("ask who comes", timedelta(minutes=5), presence_actions.ask_who_comes),
    Scheduled("remind of tomorrow", timedelta(minutes=5), presence_actions.remind_of_tomorrow),
    Scheduled("ask for attendance", timedelta(minutes=15), attendance_actions.ask_for_attendance),
    Scheduled("ask how it went", timedelta(minutes=15), feedback_actions.ask_how_it_went),
    Scheduled("mail saved searches", timedelta(minutes=1), saved_words.send_due),
    Scheduled("forget unconfirmed saved searches", timedelta(hours=1), saved_actions.forget_unconfirmed),
    Scheduled("forget favourites of missions over", timedelta(hours=24), favourites_actions.forget_over),
    Scheduled("count open missions", timedelta(minutes=5), counts.recount),
    Scheduled("compute statistics", timedelta(hours=6), impact.compute),
    Scheduled("forget old invitations", timedelta(hours=6), invitations.forget_old),
    Scheduled("forget old e-mails", timedelta(hours=6), delivery.forget_old),
    Scheduled("forget old sessions", timedelta(hours=1), accounts.forget_old),
    Scheduled("forget old staff sessions", timedelta(hours=1), staff.forget_old),
    Scheduled("forget old attempts", timedelta(hours=1), limits.forget_old),
    Scheduled("forget sent forms", timedelta(hours=6), sent_forms.forget_old),
]
