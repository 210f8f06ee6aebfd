"""The page that tells programmers what there is. Made from the OpenAPI description; it fetches nothing."""

from __future__ import annotations

from html import escape
from typing import Any

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere }
section { border-top: 1px solid #8886; padding: 0.5rem 0 }
h3 { margin: 0.5rem 0 } h3 span { font-weight: normal; margin-left: 0.6rem }
table { border-collapse: collapse } td { padding: 0.1rem 1rem 0.1rem 0; vertical-align: top }
"""
Schema = dict[str, Any]


def page(api: Schema) -> str:
    """The description as a web page."""
    parts = "".join(
        _operation(api, method.upper(), path, operation)
        for path, methods in api["paths"].items()
        for method, operation in methods.items()
    )
    about = escape(api["info"].get("description", ""))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(api["info"]["title"])}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>¶ {escape(api['info']['title'])}</h1><p>{about}</p>"
        f'<p>For programs: <a href="/openapi.json">openapi.json</a></p>{parts}</body></html>'
    )


def _operation(api: Schema, method: str, path: str, operation: Schema) -> str:
    rows = [(p["name"], p["in"], p["schema"] | p) for p in operation.get("parameters", ())]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        fields = _resolved(api, body)
        needed = fields.get("required", ())
        rows += [
            (name, "needed" if name in needed else "", schema) for name, schema in fields.get("properties", {}).items()
        ]
    told = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(_kind(schema))}</td><td>{escape(where)}</td>"
        f"<td>{escape(schema.get('description', ''))}</td></tr>"
        for name, where, schema in rows
    )
    return (
        f"<section><h3><code>{method} {escape(path)}</code><span>{escape(operation.get('description', ''))}</span></h3>"
        f"<table>{told}</table></section>"
    )


def _resolved(api: Schema, schema: Schema) -> Schema:
    reference = schema.get("$ref", "")
    return api["components"]["schemas"][reference.rsplit("/", 1)[-1]] if reference else schema


def _kind(schema: Schema) -> str:
    """What a field holds, in a word or two."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"] if one.get("type") != "null"))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or schema.get("$ref", "").rsplit("/", 1)[-1])
