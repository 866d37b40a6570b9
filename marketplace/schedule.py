"""What runs when: the one list of jobs. Each finds its work by comparing dates, and may be run again."""

from datetime import timedelta

from marketplace.accounts import actions as accounts
from marketplace.applications import holds
from marketplace.guardians import actions as guardians
from marketplace.jobs.clock import Scheduled
from marketplace.mail import delivery
from marketplace.moderation import staff
from marketplace.web import limits, sent_forms

SCHEDULE = [
    Scheduled("deliver e-mails", timedelta(seconds=2), delivery.deliver),
    Scheduled("drop unconfirmed applications", timedelta(minutes=1), holds.drop_unconfirmed),
    Scheduled("end unanswered consent requests", timedelta(minutes=5), guardians.end_silent),
    Scheduled("forget old e-mails", timedelta(hours=6), delivery.forget_old),
    Scheduled("forget old sessions", timedelta(hours=1), accounts.forget_old),
    Scheduled("forget old staff sessions", timedelta(hours=1), staff.forget_old),
    Scheduled("forget old attempts", timedelta(hours=1), limits.forget_old),
    Scheduled("forget sent forms", timedelta(hours=6), sent_forms.forget_old),
]
