"""The house: imports run one way, each heavy library has its room, and importing is quick."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "index": set(),
    "sample": set(),
    "rag": {"index"},
    "ui": {"index", "rag", "sample"},
    "eval": {"index", "rag", "sample"},
}
HEAVY = {
    "chromadb": ("index/store/vectors.py",),
    "sentence_transformers": ("index/encoder.py",),
    "torch": ("index/encoder.py", "rag/reader/training/"),
    "transformers": ("index/encoder.py", "rag/reader/training/"),
    "openvino": ("rag/reader/runtime.py", "rag/reader/training/"),
    "sklearn": ("rag/reader/training/", "rag/reader/fit_plain.py", "eval/measures/support.py"),
    "gradio": ("ui/web/page.py",),
    "fastapi": ("ui/api/",),
    "uvicorn": ("ui/api/serve.py",),
    "mcp": ("ui/mcp/",),
    "prometheus_client": ("ui/observe/metrics.py",),
    "opentelemetry": ("ui/observe/traces.py",),
    "openai": ("rag/models/endpoint.py",),
    "pypdfium2": ("index/formats/pdf",),
    "docx": ("index/formats/docx.py",),
    "pyarrow": ("index/formats/",),
    "warcio": ("index/formats/warc.py",),
    "feedparser": ("index/formats/feed.py",),
    "lxml": ("index/formats/", "index/web/"),
    "httpcore": ("index/web/",),
    "httpx": ("index/web/",),
    "datasketch": ("index/related/copies.py",),
    "babel": ("index/dates/",),
    "watchfiles": ("index/watch.py",),
    "psycopg": ("index/store/postgres.py",),
    "sqlite3": ("index/store/sqlite.py", "index/store/migrations.py", "index/store/backup.py", "index/store/stems.py"),
}
UI_MAY_RUN = {"ui/evaluation.py": {"eval"}}


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def breaches(path: Path, room: str) -> list[str]:
    allowed = ROOMS[room] | {room}
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    tops = {module.split(".")[0] for module in imported(path)}
    wrong = [f"{name} imports {top}" for top in tops & ROOMS.keys() - allowed - UI_MAY_RUN.get(name, set())]
    return wrong + [f"{name} imports {lib}" for lib in tops & HEAVY.keys() if not name.startswith(HEAVY[lib])]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way_and_each_library_has_its_room(room: str) -> None:
    assert modules(room)
    assert [b for path in modules(room) for b in breaches(path, room)] == []


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("index", "from rag import answer"),
        ("rag", "import ui.text"),
        ("ui", "from eval.gold import load"),
        ("eval", "import ui"),
        ("rag", "import chromadb"),
        ("ui", "def f():\n    import gradio"),
    ],
)
def test_a_planted_import_is_found(room: str, line: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(line)
    assert breaches(planted, room)


@pytest.mark.parametrize("module", ["index", "rag", "ui.cli", "eval.run"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    heavy = [
        "torch",
        "sentence_transformers",
        "transformers",
        "chromadb",
        "gradio",
        "fastapi",
        "uvicorn",
        "mcp",
        "llama_index",
        "openai",
        "sklearn",
        "scipy",
        "pandas",
        "pyarrow",
        "lxml",
        "docx",
        "babel",
        "httpcore",
        "feedparser",
        "psycopg",
        "datasketch",
    ]
    code = f"import sys, {module}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("room", ROOMS)
def test_files_stay_short(room: str) -> None:
    assert [p.name for p in modules(room) if len(p.read_text("utf-8").splitlines()) > 400] == []


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name.startswith("_"):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from (
                f
                for f in node.body
                if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) and not f.name.startswith("_")
            )


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_function_says_what_comes_out(room: str) -> None:
    silent = [
        f"{path.name}: {f.name}"
        for path in modules(room)
        for f in public(ast.parse(path.read_text("utf-8")))
        if not ast.get_docstring(f)
        or f.returns is None
        or any(a.annotation is None for a in f.args.args if a.arg not in ("self", "cls"))
    ]
    assert silent == []
