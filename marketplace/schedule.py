"""What runs when: the one list of jobs. Each finds its work by comparing dates, and may be run again."""

from datetime import timedelta

from marketplace.accounts import actions as accounts
from marketplace.applications import answers, holds
from marketplace.discovery import actions as discovery
from marketplace.discovery import counts, saved_actions
from marketplace.front import saved_words
from marketplace.guardians import actions as guardians
from marketplace.jobs.clock import Scheduled
from marketplace.mail import delivery
from marketplace.moderation import staff
from marketplace.web import limits, sent_forms

SCHEDULE = [
    Scheduled("deliver e-mails", timedelta(seconds=2), delivery.deliver),
    Scheduled("index what changed", timedelta(seconds=2), discovery.sweep),
    Scheduled("drop unconfirmed applications", timedelta(minutes=1), holds.drop_unconfirmed),
    Scheduled("end unanswered applications", timedelta(minutes=5), answers.lapse_unanswered),
    Scheduled("end unanswered consent requests", timedelta(minutes=5), guardians.end_silent),
    Scheduled("mail saved searches", timedelta(minutes=1), saved_words.send_due),
    Scheduled("forget unconfirmed saved searches", timedelta(hours=1), saved_actions.forget_unconfirmed),
    Scheduled("count open missions", timedelta(minutes=5), counts.recount),
    Scheduled("forget old e-mails", timedelta(hours=6), delivery.forget_old),
    Scheduled("forget old sessions", timedelta(hours=1), accounts.forget_old),
    Scheduled("forget old staff sessions", timedelta(hours=1), staff.forget_old),
    Scheduled("forget old attempts", timedelta(hours=1), limits.forget_old),
    Scheduled("forget sent forms", timedelta(hours=6), sent_forms.forget_old),
]
