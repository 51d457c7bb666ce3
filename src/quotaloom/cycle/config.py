"""Options from a TOML file: the names of the command, checked by name and type."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.core.model.names import nearest_names
from quotaloom.cycle.options import EXAMPLES, KINDS, request_of

if TYPE_CHECKING:
    from pathlib import Path

OUTPUTS: Final = {"out": "paths", "split_by": "text", "json": "flag"}


def read_config(path: Path) -> dict[str, Any]:
    """The options of a TOML file, ``_`` or ``-`` alike; paths are as seen from where one works.

    Raises UsageRefused for an unreadable file, and with every unknown name and wrong type.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=str)
    except (OSError, ValueError) as cause:
        known = isinstance(cause, OSError)
        reason = (cause.strerror or str(cause)) if isinstance(cause, OSError) else str(cause)
        code = error("config.not_readable", str(path), cause=reason)
        raise UsageRefused(
            [code if known else error("config.not_toml", str(path), cause=reason)]
        ) from cause
    named = {name.replace("-", "_"): value for name, value in found.items()}
    known_names = {**KINDS, **OUTPUTS}
    refused = [_unknown(name, known_names, path) for name in sorted(set(named) - set(known_names))]
    refused += _misfits({k: v for k, v in named.items() if k in KINDS}, path)
    refused += [_wrong(k, named[k], path) for k in OUTPUTS if k in named and not _fits(k, named[k])]
    if refused:
        raise UsageRefused(refused)
    return named


def _unknown(name: str, known: dict[str, str], path: Path) -> Finding:
    near = ", ".join(nearest_names(name, known))
    return error("config.unknown_name", name, file=str(path), nearest=near)


def _misfits(values: dict[str, Any], path: Path) -> list[Finding]:
    filled = {"total": "0", "year": 2027} | values
    return [
        error("config.wrong_type", one.name, file=str(path), value=one.value, expected=one.expected)
        for one in request_of(filled)[1]
    ]


def _fits(name: str, value: object) -> bool:
    if name == "json":
        return isinstance(value, bool)
    values = value if isinstance(value, list) and name == "out" else [value]
    return all(isinstance(one, str) and "\0" not in one for one in values)


def _wrong(name: str, value: object, path: Path) -> Finding:
    example = {"out": '["….xlsx"]', "split_by": EXAMPLES["text"], "json": EXAMPLES["flag"]}[name]
    told = {"file": str(path), "value": str(value)[:60], "expected": f"{name} = {example}"}
    return error("config.wrong_type", name, **told)
