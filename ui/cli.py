"""The command `pilcrow`. Errors are one sentence on stderr: exit code 2 for wrong use, 1 for failure."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from index import Filters, Library, PilcrowError
from index.files import printable
from ui.accounts import accounts
from ui.api_keys import api_keys
from ui.articles import articles
from ui.evaluation import evaluation
from ui.lookup import lookup
from ui.models import models
from ui.options import QUESTIONS_A_MINUTE, LibraryOption, Misuse, folder_of
from ui.serving import serving
from ui.upkeep import upkeep

app = typer.Typer(
    name="pilcrow",
    help="Ask a collection of news articles; every sentence of the answer shows the paragraph it came from.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(articles)
app.add_typer(lookup)
app.add_typer(upkeep)
app.add_typer(models)
app.add_typer(evaluation, name="eval")
app.add_typer(accounts, name="user")
app.add_typer(api_keys, name="key")
app.add_typer(serving)

DayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    since: DayOption = None,
    until: DayOption = None,
    as_of: DayOption = None,
    source: Annotated[list[str] | None, typer.Option(help="Keep this outlet; may be repeated.")] = None,
) -> None:
    """Answer a question, with the source of every sentence."""
    from rag import Answerer
    from rag.question import understand
    from ui.terminal import print_answer

    try:
        understand(question)
    except PilcrowError as error:
        raise Misuse(str(error)) from None
    filters = Filters(since=_day(since), until=_day(until), as_of=_day(as_of), sources=tuple(source or ()))
    with Library.open(folder_of(library), create=False) as opened:
        answer = Answerer(opened).answer(question, filters=filters)
    if as_json:
        sys.stdout.write(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        print_answer(answer)


@app.command()
def find(
    words: Annotated[str, typer.Argument(help="Words from an article, in quotation marks; … for what was left out.")],
    library: LibraryOption = None,
) -> None:
    """Find where words were published: article, outlet, date and paragraph."""
    from rag.quotes import find_quote
    from ui.terminal import print_quotation

    with Library.open(folder_of(library), create=False) as opened:
        found = find_quote(words, opened)
    print_quotation(found)
    if found is None:
        raise typer.Exit(1)


@app.command()
def chat(
    library: LibraryOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 keeps it on this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 7860,
    auth: Annotated[
        Path | None, typer.Option(help="A file of users, made by pilcrow user add: everybody logs in.")
    ] = None,
    pace: Annotated[int, typer.Option(min=0, help="Questions that one person may ask in a minute; 0 is any.")] = (
        QUESTIONS_A_MINUTE
    ),
) -> None:
    """Open the web chat."""
    from ui.web.page import serve

    serve(Library.open(folder_of(library), create=False), host=host, port=port, users=auth, a_minute=pace)


@app.command()
def feedback(library: LibraryOption = None) -> None:
    """Print what readers thought of answers in the web chat, one JSON object a line, with the answer."""
    from ui.web.history import History

    with Library.open(folder_of(library), create=False) as opened:
        for record in History.of(opened).judged():
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> None:
    """The entry point of `pilcrow`: runs the command and turns errors into sentences."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows a mark in its place.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        code = app(standalone_mode=False)
    except Misuse as error:
        _stop(str(error), 2)
    except PilcrowError as error:
        _stop(str(error), 1)
    except typer.Abort:
        _stop("Stopped.", 130)
    except KeyboardInterrupt:
        _stop("Stopped; what was finished is kept, and the same command goes on from there.", 130)
    except BrokenPipeError:
        # The reader of a pipe (head, say) went away: nothing more is to be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except typer.TyperException as error:
        _stop(error.format_message(), getattr(error, "exit_code", 2))
    except OSError as error:
        _stop(
            f"The system refused: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}.",
            1,
        )
    except Exception as error:
        from index.settings import settings

        if settings().traceback:
            raise
        _stop(
            f"Something went wrong that should not have ({type(error).__name__}: {error}); what the library had is kept. "
            "Please report it with what PILCROW_TRACEBACK=1 shows.",
            1,
        )
    sys.exit(code if isinstance(code, int) else 0)


def _stop(sentence: str, code: int) -> None:
    sys.stderr.write(f"pilcrow: {printable(' '.join(sentence.split()))}\n")
    sys.exit(code)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


if __name__ == "__main__":
    main()
