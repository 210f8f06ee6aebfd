"""Mail: a newsletter or a press release, one message a file (.eml) or many in one (mbox)."""

from __future__ import annotations

import email
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any, BinaryIO

from index.formats.extract import Extract, Skipped, Stated, Unreadable, joined
from index.formats.fragment import parse, pieces, plain
from index.formats.html.charset import page_text
from index.formats.html.page_facts import opens_a_release, stated_type
from index.formats.text import split
from index.values import Kind

MAX_MAIL = 40_000_000
"""Bytes of one mail with all it carries; mail servers refuse larger ones."""
_MOST_PARTS = 500
_MOST_HEADER = 4000

_FROM_LINE = re.compile(rb"From \S*.{0,200}\d\d?:\d\d(?::\d\d)?.{0,60}\d{4}")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_REPLY = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr|sv)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_STUB = re.compile(
    r"view (?:this|it|the)? ?(?:e-?mail|message|newsletter)?.{0,30}(?:in|on) (?:your|a|the) ?(?:web)? ?browser|your (?:e-?mail|mail) "
    r"(?:client|program|reader|software).{0,40}(?:html|not)|(?:html|this) (?:version|message) .{0,40}(?:html|browser)|view (?:in|online)",
    re.IGNORECASE,
)
_QUOTE_LEAD = re.compile(
    r"(?:on\b.{4,160}\bwrote|am\b.{4,120}\bschrieb.{0,80}|le\b.{4,120}\ba écrit ?):|-{2,} ?(?:original message|forwarded message).{0,20}|_{10,}",
    re.IGNORECASE | re.DOTALL,
)
_ENDING = re.compile(
    r"\W*(?:(?:click (?:here )?to |to )?unsubscribe\b|you(?:['’]re| are)? receiv(?:ed|ing) this|(?:manage|update|change) your (?:e-?mail )?(?:preferences|subscription)"
    r"|this (?:e-?mail|message|newsletter) was sent (?:to|by)|if you (?:no longer|do not|don['’]t) (?:wish|want)|to stop receiving|(?:copyright )?© ?\d{4}|our mailing address"
    r"|sent from my |get outlook for|forward(?:ed)? this (?:e-?mail )?to a friend|was this (?:e-?mail )?forwarded to you|add us to your address)",
    re.IGNORECASE,
)
_BROWSER_LINE = re.compile(
    r"\W*(?:view|read|open|see) (?:this|it|the)?.{0,40}(?:browser|online|web version).{0,20}", re.IGNORECASE
)
_BARE_LINK = re.compile(r"[<\[(]?https?://\S+[>\])]?")


class _Policy(EmailPolicy):
    """The standard policy, with headers cut to a length that the parser can manage, and broken ones kept as written."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse([line[:_MOST_HEADER] for line in sourcelines[:50]])
        return name, value[:_MOST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value)
        except Exception:  # the standard parser fails in many ways on broken headers
            return super().header_fetch_parse("X-Broken", plain(value))


def read_eml(file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
    """The mails in the file, told apart by their Message-ID in an mbox. Raises Unreadable for what is no mail."""
    opening = file.read(300)
    file.seek(0)
    if not _FROM_LINE.match(opening):
        data = file.read(MAX_MAIL + 1)
        if len(data) > MAX_MAIL:
            raise Unreadable(
                f"it is larger than a mail may be ({MAX_MAIL / 1e6:.0f} MB); save it without its attachments"
            )
        yield _article(parse_mail(data), "")
        return
    seen: Counter[str] = Counter()
    for number, data in enumerate(_mails(file), 1):
        part = str(number)
        try:
            if len(data) > MAX_MAIL:
                raise Unreadable(f"it is larger than a mail may be ({MAX_MAIL / 1e6:.0f} MB)")
            message = parse_mail(data)
            part = header(message, "Message-ID").strip("<> ")[:200] or part
            seen[part] += 1
            part += f" ({seen[part]})" if seen[part] > 1 else ""
            yield _article(message, part)
        except Unreadable as reason:
            yield Skipped(part, str(reason))


def parse_mail(data: bytes) -> EmailMessage:
    """The message in `data`. Raises Unreadable for what the standard library's parser cannot bear, or no message."""
    if data.lower().count(b"multipart/") > _MOST_PARTS // 5:
        raise Unreadable("it holds more parts within parts than any mail does")
    with told_plainly():
        # The policy builds EmailMessage objects, whatever the signature says.
        message: Any = email.message_from_bytes(data, policy=_Policy())
    if not message.keys():
        raise Unreadable("it has no mail header; give it the ending of what it is, for example .txt")
    return message  # type: ignore[no-any-return]


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns whatever the standard library's mail parser raises on broken input (it has many ways) into Unreadable."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            f"its parts are put together in a way no mail program writes ({type(error).__name__}); save it again"
        ) from None


def header(message: EmailMessage, name: str) -> str:
    """A header as one line of plain words, encoded words decoded; "" where the message has none."""
    try:
        return plain(str(message.get(name, "")))[:1000]
    except Exception:
        return ""


def parts_of(message: EmailMessage) -> list[EmailMessage]:
    """The parts that hold content, in order, without those of attached mails."""
    found: list[EmailMessage] = []
    waiting: list[Any] = [message]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting.extend(reversed(part.get_payload()))
        elif part.get_content_type() != "message/rfc822":
            found.append(part)
    return found


def content(part: EmailMessage) -> bytes:
    """The bytes of a part, its transfer encoding undone; none where that is broken."""
    try:
        data = part.get_payload(decode=True)
    except Exception:
        return b""
    return data if isinstance(data, bytes) else b""


def charset_of(part: EmailMessage) -> str:
    """The encoding a part names, "" where it names none."""
    try:
        return str(part.get_content_charset("") or "")
    except Exception:
        return ""


def _mails(file: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox, cut a little above the largest size: a "From " line behind a blank one begins a mail."""
    lines: list[bytes] = []
    size, blank, whole_line = 0, True, True
    while line := file.readline(1 << 20):
        if whole_line and blank and _FROM_LINE.match(line[:300]):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= MAX_MAIL:
            lines.append(_QUOTED_FROM.sub(rb"\1", line) if whole_line else line)
            size += len(line)
        blank = whole_line and not line.strip()
        whole_line = line.endswith(b"\n")
    if lines:
        yield b"".join(lines)


def _article(message: EmailMessage, part: str) -> Extract:
    with told_plainly():
        return _extract(message, part)


def _extract(message: EmailMessage, part: str) -> Extract:
    if message.get_content_type() in ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"):
        raise Unreadable("it is an encrypted or sealed mail; open it in your mail program and save its text")
    blocks = _without_ending(_paragraphs(message))
    if not blocks:
        raise Unreadable("the mail holds no text of its own; what is attached must be saved as a file")
    # The standard parser of addresses calls itself for every bracket, until it fails.
    name, bracket, _ = header(message, "From").partition("<")
    name = name.strip("'\" ") if bracket else ""
    subject = _REPLY.sub("", header(message, "Subject")).strip()
    # A release repeats its subject above its text.
    blocks = [("headline" if words.casefold() == subject.casefold() else kind, words) for kind, words in blocks]
    text, placed = joined(blocks)
    dates = (Stated(header(message, "Date")[:100], "mail header"),)
    labels = ["press release"] if opens_a_release(words for _, words in blocks[:4]) else []
    return Extract(
        text=text,
        blocks=placed,
        part=part,
        title=subject,
        source=name if name and "@" not in name else "",
        published=dates if dates[0].text else (),
        type=stated_type((), subject, labels),
    )


def _paragraphs(message: EmailMessage) -> list[tuple[Kind | None, str]]:
    """The mail's text as paragraphs: its plain text, or its HTML where there is no plain text worth the name."""
    bodies = [part for part in parts_of(message) if not part.is_attachment() and not part.get_filename()]
    written: list[tuple[Kind | None, str]] = []
    for part in bodies:
        if part.get_content_type() == "text/plain" and part.get_content_maintype() == "text":
            written += _plain_text(part)
    words = sum(len(paragraph) for _, paragraph in written)
    if not words or (words < 600 and any(_STUB.search(paragraph) for _, paragraph in written)):
        pages = [part for part in bodies if part.get_content_type() == "text/html"]
        shown = [pair for part in pages for pair in _html(part)]
        return shown or written
    return written


def _plain_text(part: EmailMessage) -> list[tuple[Kind | None, str]]:
    text = page_text(content(part), charset_of(part))
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, str(part.get_param("delsp", "")).lower() == "yes")
    lines = []
    for line in text.split("\n"):
        if line.rstrip("\r") in ("-- ", "--"):
            break
        lines.append("" if line.startswith(">") else line)
    text = "\n".join(lines)
    paragraphs = [plain(text[start:end]) for start, end in split(text)]
    return [(None, words) for words in paragraphs if any(c.isalnum() for c in words)]


def _unflowed(text: str, delsp: bool) -> str:
    """Text whose soft line breaks (a space before the line's end) are undone, as RFC 3676 says."""
    lines: list[str] = []
    open_line = False
    for line in text.split("\n"):
        line = line.rstrip("\r")
        own = line[1:] if line.startswith(" ") else line
        fits = open_line and not own.startswith(">") and not lines[-1].startswith(">") and own != "-- "
        soft = own.endswith(" ") and own != "-- "
        if soft and delsp:
            own = own[:-1]
        if fits:
            lines[-1] += own
        else:
            lines.append(own)
        open_line = soft
    return "\n".join(lines)


def _html(part: EmailMessage) -> list[tuple[Kind | None, str]]:
    root = parse(page_text(content(part), charset_of(part)))
    for quoted in [
        e for e in root.iter("blockquote", "div") if e.get("type") == "cite" or "gmail_quote" in e.get("class", "")
    ]:
        quoted.set("hidden", "")
    found = list(pieces(root))
    # The only links of a newsletter's own text stand inside sentences; menus and buttons are links alone.
    return [(piece.kind, piece.words) for piece in found if piece.linked < 0.9 or piece.kind]


def _without_ending(blocks: list[tuple[Kind | None, str]]) -> list[tuple[Kind | None, str]]:
    """The paragraphs above the quoted reply or the unsubscribe footer, without bare links and "view in browser"."""
    kept: list[tuple[Kind | None, str]] = []
    for number, (kind, words) in enumerate(blocks):
        if _QUOTE_LEAD.fullmatch(words) or (_ENDING.match(words) and number * 2 >= len(blocks)):
            break
        if not (
            _BARE_LINK.fullmatch(words) or _ENDING.match(words) or (len(words) < 200 and _BROWSER_LINE.match(words))
        ):
            kept.append((kind, words))
    return kept
