"""E-mails on their way."""

from piccolo.columns import Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table


class Email(Table):
    """An e-mail written in the transaction of the act it tells about, sent after. Its words go once sent."""

    id: Serial
    message_id = Varchar(length=80, unique=True)  # stable: a mail sent twice is seen once
    template = Varchar(length=60)
    recipient = Varchar(length=254)
    subject = Varchar(length=200)
    text = Text()
    html = Text()
    calendar = Text()  # an attachment, as RFC 5545 writes dates; '' for most
    unsubscribe = Varchar(length=300)  # where one click stops such mails (RFC 8058); '' for those of an act
    created_at = Timestamptz()
    due_at = Timestamptz()
    attempts = SmallInt(default=0)
    claimed_until = Timestamptz(null=True, default=None)
    sent_at = Timestamptz(null=True, default=None)
    failed_at = Timestamptz(null=True, default=None)
    error = Varchar(length=300)
