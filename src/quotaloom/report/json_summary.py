"""A decomposition as one line of JSON, amounts in 元 as exact decimal literals."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from quotaloom.report.numbers import yuan_text
from quotaloom.report.summary import nodes_checked

if TYPE_CHECKING:
    from quotaloom.core.model.decomposition import Decomposition, Margin
    from quotaloom.core.model.findings import Finding


def json_summary(decomposition: Decomposition) -> str:
    """``total leaves nodes_checked margins findings seconds``; whole 元 are JSON integers."""
    return dumps(
        {
            "total": _yuan(decomposition.total),
            "leaves": decomposition.leaves.height,
            "nodes_checked": nodes_checked(decomposition),
            "margins": [_margin(margin) for margin in decomposition.margins],
            "findings": [finding_json(finding) for finding in decomposition.findings],
            "seconds": Decimal(str(round(decomposition.seconds, 3))),
        }
    )


def finding_json(finding: Finding) -> dict[str, object]:
    """A finding as JSON holds it."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "subject": finding.subject,
        "params": dict(finding.params),
    }


def dumps(value: object) -> str:
    """JSON in which a Decimal is the number that it shows, not the nearest double."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        pairs = (f"{dumps(str(key))}: {dumps(one)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(dumps(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _margin(margin: Margin) -> dict[str, object]:
    return {
        "text": margin.text,
        "kind": margin.kind,
        "low": None if margin.low is None else _yuan(margin.low),
        "high": None if margin.high is None else _yuan(margin.high),
        "reached": _yuan(margin.reached),
    }


def _yuan(fen: int) -> Decimal:
    return Decimal(yuan_text(fen))
