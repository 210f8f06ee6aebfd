"""In which encoding a web page is written, and its text."""

from __future__ import annotations

import codecs
import re

from index.formats.encoding import decode

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_CHARSETS = re.compile(
    r"utf-?(?:8|16)(?:-?[lb]e)?|(?:windows|cp|x-cp)-?(?:125\d|874|932|949|936|950)|iso-?8859-?\d+|latin-?\d|us-ascii|ascii|koi8-[ru]|gb(?:k|2312|18030)|hz|big5(?:-?hkscs)?|euc-?(?:jp|kr|cn)|(?:shift|s)[-_]?jis|iso-?2022-?(?:jp|kr)|mac(?:intosh|-?roman)|x-mac-\w+|tis-620",
    re.IGNORECASE,
)
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
"""What browsers read where a page names the smaller set (the Encoding Standard, whatwg.org)."""
_LANGUAGE = re.compile(rb"<html[^>]{0,500}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
_WESTERN = frozenset(
    {b"en", b"fr", b"de", b"es", b"it", b"pt", b"nl", b"da", b"sv", b"no", b"nb", b"nn", b"fi", b"ga", b"ca"}
)


def page_text(data: bytes, charset: str = "") -> str:
    """The page as text: by its byte-order mark, as UTF-8 where it is that, by `charset`, by what it declares, or guessed.

    Raises Unreadable for bytes that are no text.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return decode(data)
    declared = _META_CHARSET.search(data[:4096])
    labels = [charset, *(label.decode() for label in declared.groups() if label)] if declared else [charset]
    try:
        # Pages that call themselves Latin-1 and are UTF-8 are common; the other way round is impossible by chance.
        if (
            data.decode("utf-8")
            and not (data.isascii() and any("2022" in label for label in labels))
            and b"\x00" not in data
        ):
            return decode(data)
    except UnicodeDecodeError:
        pass
    for label in labels:
        if label and _CHARSETS.fullmatch(label) and (text := _decoded(data, label)) is not None:
            return decode(text.encode("utf-8"))
    language = _LANGUAGE.search(data[:4096])
    return decode(data, western=not language or language[1].lower() in _WESTERN)


def _decoded(data: bytes, label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        text = data.decode(_WIDER.get(name, name), errors="replace")
    except (LookupError, UnicodeError):
        return None
    return text.encode("utf-8", "replace").decode() if text.count("\ufffd") * 200 <= len(text) else None
