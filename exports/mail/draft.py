"""A mail draft as a file (``.eml``) that Outlook, Foxmail and Thunderbird open ready to send."""

from __future__ import annotations

from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from db.settings import Office
from exports.mail.letter import Letter

_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def draft(letter: Letter, *, office: Office, file_name: str, content: bytes) -> bytes:
    """Return the draft with the workbook attached.

    The sender is the office; where its address is not known it stands as a group without members, which the
    standard allows (RFC 6854), and the mail program puts its own account there.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    message["X-Unsent"] = "1"
    message["Date"] = formatdate(localtime=True)
    name = office.office_name or office.county
    sender = address(name, office.office_email)
    message["From"] = sender or Group(name or "office", ())
    recipients = [one for person in letter.people if (one := address(person.name, person.email)) is not None]
    if recipients:
        message["To"] = recipients
    message["Subject"] = letter.subject
    message.set_content(letter.body, charset="utf-8", cte="base64")
    message.add_attachment(content, maintype=_WORKBOOK[0], subtype=_WORKBOOK[1], filename=file_name)
    return message.as_bytes()


def address(name: str, email: str) -> Address | None:
    """Return an address for a header, None where ``email`` is none."""
    user, at, domain = parseaddr(email.strip())[1].rpartition("@")
    if not (at and user and domain and user.isascii() and domain.isascii()):
        return None
    return Address(" ".join(name.split()), user, domain)
