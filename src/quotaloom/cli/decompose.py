"""quotaloom decompose: one number becomes a balanced workbook."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.options import OPTIONS
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.decompose import decompose
from quotaloom.cycle.request import DecomposeRequest
from quotaloom.report.json_summary import json_summary
from quotaloom.report.leaves_file import write_leaves
from quotaloom.report.summary import summary
from quotaloom.report.workbook.files import write_workbook

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.model.decomposition import Decomposition

HELP = {"zh": "把一个总数分解成完整、精确、可解释的目标", "en": "break one number down, exactly"}
TEXTS = {
    "facts": {
        "zh": "历史数据：csv、xlsx、xls、parquet，可多个",
        "en": "history: csv, xlsx, xls, parquet",
    },
    "config": {
        "zh": "参数文件（TOML），命令行优先",
        "en": "options from a TOML file; the command wins",
    },
    "out": {
        "zh": "输出 .xlsx、.csv 或 .parquet，可多次",
        "en": ".xlsx, .csv or .parquet; repeatable",
    },
    "split": {"zh": "按该层级每人一个工作簿", "en": "one workbook for each member of a level"},
    "json": {"zh": "只输出 JSON 摘要", "en": "print a JSON summary only"},
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
    "wrote": {"zh": "已写出 {path}", "en": "wrote {path}"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("decompose", lang=lang, help=HELP[lang], description=HELP[lang])
    parser.add_argument("facts", nargs="*", metavar="FACTS", help=TEXTS["facts"][lang])
    for option in OPTIONS:
        option.declare(parser, lang)
    parser.add_argument("--config", metavar="FILE", help=TEXTS["config"][lang])
    parser.add_argument("--out", metavar="FILE", action="append", help=TEXTS["out"][lang])
    parser.add_argument("--split-by", metavar="LEVEL", help=TEXTS["split"][lang])
    parser.add_argument("--json", action="store_true", default=None, help=TEXTS["json"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=TEXTS["lang"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Decompose, write the outputs, say what was done."""
    given = options_of(chosen)
    outputs = [Path(text) for text in given.pop("out", None) or ()]
    split_by, as_json = given.pop("split_by", None), given.pop("json", False)
    wrong = [str(path) for path in outputs if path.suffix not in (".xlsx", ".csv", ".parquet")]
    if wrong:
        raise UsageRefused([error("output.unknown_kind", path) for path in wrong])
    result = decompose(request_of(given))
    written = [path for out in outputs for path in _write(result.trace, out, speech.lang, split_by)]
    if as_json:
        speech.say(json_summary(result.trace))
        return 0
    speech.say(summary(result.trace, speech.lang, speech.width))
    for path in written:
        speech.say(TEXTS["wrote"][speech.lang].format(path=path))
    return 0


def _write(trace: Decomposition, path: Path, lang: Lang, split_by: str | None) -> tuple[Path, ...]:
    if path.suffix == ".xlsx":
        return write_workbook(trace, path, lang, split_by=split_by)
    write_leaves(trace, path)
    return (path,)


def options_of(chosen: Namespace) -> dict[str, Any]:
    """The options of the command over those of its config file."""
    typed = {name: value for name, value in vars(chosen).items() if value is not None}
    for name in ("verb", "perform", "lang"):
        typed.pop(name, None)
    if not typed.get("facts"):
        typed.pop("facts", None)
    config = read_config(Path(typed.pop("config"))) if "config" in typed else {}
    return config | typed


def read_config(path: Path) -> dict[str, Any]:
    """A TOML file with the same names as the options, ``_`` or ``-`` alike.

    Raises UsageRefused for an unreadable file and for every unknown name.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as cause:
        raise UsageRefused([error("config.not_readable", str(path), cause=str(cause))]) from cause
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise UsageRefused([error("config.not_toml", str(path), cause=str(cause))]) from cause
    named = {name.replace("-", "_"): value for name, value in found.items()}
    known = {option.name for option in OPTIONS} | {"facts", "out", "split_by", "json"}
    unknown = sorted(set(named) - known)
    if unknown:
        raise UsageRefused([error("config.unknown_name", name, file=str(path)) for name in unknown])
    return named


def request_of(given: dict[str, Any]) -> DecomposeRequest:
    """The request of typed options. Raises UsageRefused where one is missing."""
    missing = [name for name in ("total", "year") if name not in given]
    if missing:
        raise UsageRefused([error("option.missing", f"--{name}") for name in missing])
    fields = dict(given)
    facts = fields.pop("facts", ())
    facts = (facts,) if isinstance(facts, str) else facts
    joins = fields.pop("join", ())
    texts = [one if isinstance(one, str) else " ".join(one) for one in joins]
    for option in OPTIONS:
        if option.many and option.name in fields and option.name != "join":
            value = fields[option.name]
            fields[option.name] = (value,) if isinstance(value, str) else tuple(value)
    for name in ("weights", "roster"):
        if name in fields:
            fields[name] = Path(fields[name])
    for name in ("total", "unit", "recency", "growth_max", "seasonality"):
        if name in fields:
            fields[name] = str(fields[name])
    return DecomposeRequest(tuple(Path(one) for one in facts), join=tuple(texts), **fields)
