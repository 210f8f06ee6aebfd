"""The command `pilcrow models`: which language models there are, and how to name one."""

from __future__ import annotations

import typer

models = typer.Typer()

_NONE = """No language model is set: answers are put together from the articles' own sentences.

To have them written by a model, start a server that speaks OpenAI's protocol (llama.cpp, Ollama, vLLM, LM Studio …)
and set
  PILCROW_LLM_URL       its address, such as http://127.0.0.1:8080/v1 (Ollama: http://127.0.0.1:11434/v1)
and, where they are needed,
  PILCROW_LLM_MODEL     the model's name (default: the server's first)
  PILCROW_LLM_KEY       the server's key
  PILCROW_LLM_WINDOW    the model's context size in tokens (default: the server is asked, else 4096)
  PILCROW_LLM_TIMEOUT   seconds that an answer may take (default: 120)
  PILCROW_LLM_REJECTED  sentences that fail the check: remove (default) or strike
The question and the passages found for it are sent to that address, and to no other."""


@models.command("models")
def show() -> None:
    """List the language models that the server set in PILCROW_LLM_URL has, and say which one is in use."""
    from index.settings import settings
    from rag.models import available, connect
    from ui.terminal import err
    from ui.text import visible

    if not settings().llm_url:
        typer.echo(_NONE)
        return
    names, used = available(), connect()
    for name in names:
        mark = f"  (in use, {used.window} tokens of context)" if used and name == used.name else ""
        typer.echo(f"{visible(name)}{mark}")
    if used and used.name not in names:
        err.print(f"{visible(used.name)}, which PILCROW_LLM_MODEL names, is not in the server's list.", markup=False)
