"""The shapes of OpenAI's protocol, with what an answer has beside: its citations, and how it stands."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from index.values import Unanswerable
from rag import Answer
from rag.values import Status
from ui.api.asking import Asking, Name
from ui.api.cited import Cited
from ui.api.tokens import count


class Part(BaseModel):
    """A part of a message; only texts are read."""

    type: str
    text: Annotated[str, Field(max_length=100_000)] | None = None


class Message(BaseModel):
    """A message of the conversation. The users' are its questions; what others say is not read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=100_000)] | list[Part] | None = None

    @property
    def text(self) -> str:
        """The text, its parts one below the other."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream holds beside the answer."""

    include_usage: bool | None = None


class Completing(Asking):
    """A conversation to go on with. Other fields of OpenAI's, such as temperature, are taken and change nothing."""

    model_config = ConfigDict(strict=True, extra="ignore")

    model: Name = Field(description="A collection, or several: first+second.")
    messages: list[Message] = Field(min_length=1, max_length=200)
    stream: bool | None = None
    stream_options: StreamOptions | None = None

    def questions(self) -> list[str]:
        """What the user asked, oldest first. Raises Unanswerable where the last message is no question."""
        if self.messages[-1].role != "user":
            raise Unanswerable("The last message must be the user's: it is the question.")
        earlier = [m.text for m in self.messages[:-1] if m.role == "user" and m.text.strip()]
        return [*earlier, self.messages[-1].text]


class UrlCitation(BaseModel):
    """Where a marker stands in the text, and what it leads to."""

    start_index: int
    end_index: int
    url: str
    title: str


class Annotation(BaseModel):
    """A marker of the text."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Said(BaseModel):
    """The answer as a message."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one answer there is."""

    index: int = 0
    message: Said
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Usage(BaseModel):
    """Word pieces of the questions that were read and of the answer, counted with the encoder's own vocabulary."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int

    @classmethod
    def of(cls, questions: list[str], text: str) -> Usage:
        """What the questions and the answer's text count."""
        asked, said = sum(map(count, questions)), count(text)
        return cls(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)


class Ground(BaseModel):
    """How the answer stands: what was understood, whether all is answered, and why not."""

    status: Status
    reason: str
    standalone_question: str
    engine: str
    remark: str
    fingerprint: str

    @classmethod
    def of(cls, answer: Answer) -> Ground:
        """The ground of an answer."""
        return cls(**{name: getattr(answer, name) for name in cls.model_fields})


class Completion(BaseModel):
    """An answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    citations: list[Cited]
    pilcrow: Ground


class Model(BaseModel):
    """A collection, as OpenAI lists a model."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "pilcrow"


class ModelList(BaseModel):
    """The collections that the key is for."""

    object: Literal["list"] = "list"
    data: list[Model]
