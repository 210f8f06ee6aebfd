"""A conversation as HTML: questions, answers, how they stand, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rag import Answer
from ui.text import visible
from ui.web.history import FEEDBACK, Conversation, Turn
from ui.web.render import answer_html, standing

EXPORTS = {"markdown": "Markdown", "html": "Web page", "pack": "Evidence pack"}
"""What a conversation can be saved as."""


def turns_html(conversation: str, turns: Sequence[Turn], suggestions: Sequence[str] = ()) -> str:
    """The whole conversation; where nothing was asked yet, questions to begin with."""
    if not turns:
        return _welcome_html(suggestions)
    told = "".join(turn_html(t, last=t is turns[-1]) for t in turns)
    saves = " ".join(_button("save", name, format=kind) for kind, name in EXPORTS.items())
    return (
        f'<div class="turns" data-conversation="{escape(conversation)}">{told}'
        f'<p class="saves"><span>Save the conversation as</span> {saves}</p></div>'
    )


def turn_html(turn: Turn, *, last: bool = False) -> str:
    """One question with its answer, below it what can be done: copy, ask again (the last one), say what was wrong."""
    again = _button("again", "Ask again", event="submit", turn=turn.key) if last else ""
    copy = _button("copy", "Copy with sources", turn=turn.key)
    foot = (
        f'<footer><span class="standing">{standing(turn.answer)}</span> {copy} {again}{_feedback_html(turn)}</footer>'
    )
    return _turn(turn.answer, answer_html(turn.answer, key=turn.key), foot, turn.key)


def streaming_html(answer: Answer) -> str:
    """The answer while it is being written: its claims so far."""
    return _turn(answer, answer_html(answer, whole=False), "", "now")


def waiting_html(question: str) -> str:
    """A question that has no answer yet."""
    return (
        f'<section class="turn waiting"><h3 class="asked">{escape(visible(question))}</h3>'
        '<p class="wait">Searching the articles …</p></section>'
    )


def failed_html(question: str, why: str) -> str:
    """A question that could not be answered, and why."""
    return (
        f'<section class="turn failed"><h3 class="asked">{escape(visible(question))}</h3>'
        f'<p class="failure">{escape(visible(why))}</p></section>'
    )


def list_html(conversations: Sequence[Conversation], open_one: str, *, searched: bool = False) -> str:
    """The conversations, last changed first, each with what renames and deletes it."""
    if not conversations:
        return f'<p class="none">{"No conversation holds these words." if searched else "No conversations yet."}</p>'
    return f'<ul class="conversations">{"".join(_item(c, c.id == open_one) for c in conversations)}</ul>'


def _item(conversation: Conversation, current: bool) -> str:
    title, key = escape(visible(conversation.title)), conversation.id
    mark = ' aria-current="true"' if current else ""
    when = f"{conversation.changed:%d.%m.%Y}"
    sure = escape(f"Delete “{visible(conversation.title)}” with all its answers?")
    return (
        f'<li{" class=current" if current else ""}><button type="button" class="title" data-do="open" '
        f'data-conversation="{escape(key)}" title="{title}, {when}"{mark}>{title}</button>'
        f"{_button('rename', '✎', conversation=key, event='edit', label=f'Rename {visible(conversation.title)}')}"
        f'<button type="button" data-do="delete" data-event="delete" data-conversation="{escape(key)}" '
        f'data-confirm="{sure}" aria-label="Delete {title}">✕</button></li>'
    )


def _turn(answer: Answer, told: str, foot: str, key: str) -> str:
    meant = answer.standalone_question
    understood = (
        f'<p class="understood">understood as: {escape(visible(meant))} {_button("correct", "Correct it", question=visible(meant))}</p>'
        if visible(meant) != visible(answer.question)
        else ""
    )
    return (
        f'<section class="turn" data-turn="{key}"><h3 class="asked">{escape(visible(answer.question))}</h3>'
        f"{understood}{told}{foot}</section>"
    )


def _feedback_html(turn: Turn) -> str:
    buttons = "".join(
        f'<button type="button" data-do="judge" data-event="like" data-turn="{turn.key}" data-kind="{kind}" '
        f'aria-pressed="{"true" if kind == turn.feedback else "false"}">{kind}</button>'
        for kind in FEEDBACK
    )
    note = ""
    if turn.feedback:
        note = (
            f'<form class="note" data-do="note" data-event="like" data-turn="{turn.key}" data-kind="{turn.feedback}">'
            f'<label>A note <input name="note" value="{escape(turn.note)}" maxlength="2000" '
            'placeholder="What should it have said?"></label><button>Keep</button></form>'
        )
    return f'<span class="feedback" role="group" aria-label="What do you think of this answer?">{buttons}</span>{note}'


def _welcome_html(suggestions: Sequence[str]) -> str:
    items = "".join(
        f'<li><button type="button" data-do="suggest" data-event="submit" data-question="{escape(visible(q))}">'
        f"{escape(visible(q))}</button></li>"
        for q in suggestions
    )
    asks = f'<p>For example:</p><ul class="suggestions">{items}</ul>' if items else ""
    return (
        '<div class="welcome"><p>Ask a question. Every sentence of the answer shows the paragraph it came from: '
        f"point at a marker to see its words, click it to read the article.</p>{asks}</div>"
    )


def _button(do: str, name: str, *, event: str = "copy", label: str = "", **data: str) -> str:
    told = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    told += f' aria-label="{escape(label)}"' if label else ""
    return f'<button type="button" data-do="{do}" data-event="{event}"{told}>{name}</button>'
