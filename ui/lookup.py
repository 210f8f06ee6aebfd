"""The command `pilcrow verify`: do pasted words stand in the articles, and do the quotes of an evidence pack hold?"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index import Library
from ui.options import LibraryOption, Misuse, folder_of

if TYPE_CHECKING:
    from rag.lookup import Difference, Finding

lookup = typer.Typer()

STANDING = {
    "exact": "Word for word",
    "altered": "Altered",
    "supported": "In other words",
    "none": "Not in the articles",
}
"""What each outcome is called."""


@lookup.command()
def verify(
    text: Annotated[
        str, typer.Argument(metavar="TEXT_OR_PACK", help="A quotation or a claim; or an evidence pack (.json).")
    ],
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Check a pasted quotation or claim against the articles, or that the quotes of an evidence pack still hold."""
    if text.endswith(".json") and not any(c.isspace() for c in text):
        _verify_pack(Path(text), library)
        return
    from rag import look_up

    with Library.open(folder_of(library), create=False) as opened:
        finding = look_up(text, opened)
    if as_json:
        sys.stdout.write(json.dumps(finding.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(finding)
    if finding.outcome not in ("exact", "supported"):
        raise typer.Exit(1)


def difference_told(finding: Finding, difference: Difference) -> str:
    """What is different, in words: "“seven” was pasted, the article has “nine”"."""
    from ui.text import visible

    said = visible(finding.text[slice(*difference.said)])
    held = visible(finding.citation.paragraph.text[slice(*difference.held)]) if finding.citation else ""
    if said and held:
        return f"“{said}” was pasted, the article has “{held}”"
    return f"“{said}” was added" if said else f"“{held}” was left out"


def _print(finding: Finding) -> None:
    """The outcome, what is different, and the paragraph with the words in it."""
    from rich.text import Text

    from index.files import printable
    from ui.terminal import out
    from ui.text import also_printed, noticed, place, visible

    out.print(Text(f"{STANDING[finding.outcome]}.", style="bold"))
    for fault in (*(difference_told(finding, d) for d in finding.differences), *finding.faults):
        out.print(Text(f"  · {visible(fault)}", style="yellow"))
    found = finding.citation or finding.closest
    if found is None:
        return
    if finding.citation is None:
        out.print(Text("Closest passage (not evidence):", style="dim"))
    text = found.paragraph.text
    line = Text(printable(text[: found.start]))
    line.append(printable(found.quote), style="bold" if finding.citation else "")
    out.print(line.append(printable(text[found.end :])))
    said_by = f" · said by {visible(finding.speaker)}" if finding.speaker else ""
    out.print(Text(f"{place(found)} · {visible(found.article.headline)}{said_by}", "cyan"))
    for notice in found.notices:
        out.print(Text(f"    {noticed(notice)}", style="yellow"))
    for about in (also_printed(found), printable(found.article.url or found.article.path)):
        if about:
            out.print(Text(f"    {about}", style="dim"))


def _verify_pack(pack: Path, library: Path | None) -> None:
    from rag.pack import check_pack, read_pack
    from ui.terminal import err, out

    if not pack.is_file():
        raise Misuse(f"The evidence pack {pack} does not exist.")
    record, folder = read_pack(pack), folder_of(library)
    if library or "PILCROW_LIBRARY" in os.environ or Library.exists(folder):
        with Library.open(folder, create=False) as opened:
            report = check_pack(record, opened)
    else:
        report = check_pack(record)
    for sentence in (*report.notes, *report.failures):
        err.print(sentence, markup=False)
    out.print(str(report), markup=False)
    if not report.ok:
        raise typer.Exit(1)
