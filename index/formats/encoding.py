"""From bytes to text that reads as it was meant, without touching the file."""

from __future__ import annotations

import codecs
import re
from unicodedata import category

import ftfy
from charset_normalizer import from_bytes

from index.formats.extract import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Only repairs of damage. Curly quotes, ligatures and wide letters are the source's own choice:
# a quotation must come out as it was printed.
_REPAIRS = ftfy.TextFixerConfig(
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    normalization="NFC",
    explain=False,
)
# Letters of Western languages, at most two in a row: Cyrillic or Chinese bytes come in longer runs.
_LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøœùúûüÿ"
_NOT_WESTERN = re.compile(rf"[^\x00-\x7f‘’‚“”„–—…•€£©®™°ºª·«»¿¡§½¼²\xa0{_LETTERS}]|[{_LETTERS}]{{3}}")
_SOUND = re.compile(r"[\n\t -%'-~]*")
"""ASCII without an entity: nothing to repair."""
_MAX_CONTROL_SHARE = 0.01
_FEW_CONTROLS = 8


def decode(data: bytes, *, western: bool = True) -> str:
    """The text in `data`, mojibake repaired, line ends as "\\n", control characters removed.

    Tries the byte-order mark, then UTF-8, then the likeliest legacy encoding; with `western` cp1252
    first, where it gives Western letters only.
    Raises Unreadable for bytes that are not text.
    """
    text = _decode(data, western)
    if _SOUND.fullmatch(text):
        return text.replace("\t", " ")
    controls = sum(1 for c in text if c < " " and c not in "\t\n\r\f\x1b")
    if "\x00" in text or controls > max(_FEW_CONTROLS, _MAX_CONTROL_SHARE * len(text)):
        raise Unreadable("it holds binary data, not text; remove it or give it its right ending")
    repaired = ftfy.fix_text(text, config=_REPAIRS)
    if _unknown(repaired) - _unknown(text):
        repaired = ftfy.fix_text(text, config=_REPAIRS._replace(fix_encoding=False))
    return repaired.replace("\t", " ")


def _unknown(text: str) -> set[str]:
    """The characters that no alphabet has: "ßª»" was taken for the misread bytes of one."""
    return {c for c in set(text) if not c.isprintable() and category(c) in ("Cn", "Co")}


def _decode(data: bytes, western: bool) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable(
                    f"its first bytes promise {encoding.upper()} but the rest breaks it; save it again as UTF-8"
                ) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise Unreadable("it holds binary data, not text; remove it or give it its right ending") from None
        # A few stray bytes in an otherwise valid UTF-8 file are damage, not another encoding.
        mended = data.decode("utf-8", errors="replace")
        broken = mended.count("\ufffd")
        if any(ord(c) > 0x7F and c != "\ufffd" for c in mended) and broken * 200 < len(mended):
            return mended
        # The guesser takes a few accents or curly quotes for Central European letters: à came out as ŕ, £ as Ł.
        likely = data.decode("cp1252", errors="replace")
        if western and "\ufffd" not in likely and not _NOT_WESTERN.search(likely):
            return likely
        guess = from_bytes(data).best()
        return str(guess) if guess else data.decode("cp1252", errors="replace")
