"""quotaloom plan new | measures | list: begin a plan, what it may count, and which there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.folder import WORDS as SHARED
from quotaloom.cli.plan.folder import editions_beside, path_of, plan_or_edition, verb
from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.core.model.money import MINOR
from quotaloom.cycle.plan import desk
from quotaloom.cycle.plan.begin import bounding_over, from_plan
from quotaloom.cycle.plan.catalogue import CATALOGUE, check_measures, known
from quotaloom.cycle.plan.lines import Lines, from_lines
from quotaloom.cycle.plan.potential import read_potential, with_potential
from quotaloom.cycle.plan.ruling import Ruling, ruling
from quotaloom.planfile.axis_text import read_level
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.measure_file import read_measures, write_measures
from quotaloom.planfile.number import read_rate
from quotaloom.planfile.piece import Piece
from quotaloom.planfile.rule_text import read_rules
from quotaloom.report.output_leaves import output_leaves

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.core.model.findings import Finding
    from quotaloom.cycle.plan.begin import Beginning
    from quotaloom.planfile.rule_text import Rule

NEW = {
    "zh": "新建计划：从一份分解结果，或从往年计划加增长率",
    "en": "begin a plan from a decomposition, or from another year's plan and a growth",
}
MEASURES = {
    "zh": "列出常用指标，写法可直接用于 plan new --measures",
    "en": "the known measures, written as plan new --measures takes them",
}
LIST = {"zh": "列出一个文件夹里的计划", "en": "list the plans of a folder"}
WORDS = {
    "from": {
        "zh": "decompose 输出的 xlsx、csv 或 parquet",
        "en": "what decompose wrote: xlsx, csv or parquet",
    },
    "copy": {
        "zh": "往年的计划，或已发布版本的文件夹",
        "en": "the plan of another year, or the folder of an edition",
    },
    "growth": {"zh": "整体增长，如 8%%", "en": "how much more in all, such as 8%%"},
    "year": {"zh": "新计划的年份", "en": "the year of the new plan"},
    "by": {
        "zh": "维度的层级，如 大区>省；重复给出（默认每列一个维度）",
        "en": "the levels of an axis, such as region>city; once an axis (default: a column each)",
    },
    "unit": {
        "zh": "取整单位，元（默认 1，工作簿按其自身）",
        "en": "the rounding unit in yuan (default 1; a workbook's own)",
    },
    "measure": {
        "zh": "--from 里是哪个指标（默认 booked 签约额）",
        "en": "which measure --from holds (default: booked)",
    },
    "also": {
        "zh": "另一个指标及其文件，如 margin=毛利.csv；可重复，各列与 --from 相同",
        "en": "another measure and its file, such as margin=margin.csv; repeatable, same columns",
    },
    "over": {
        "zh": "某一级的加码上限，如 大区=5%%；可重复（默认不限）",
        "en": "the most that a level may give over, such as region=5%%; repeatable",
    },
    "rules": {
        "zh": "规则文件：存量与新客户（clientele）、收入确认（recognition），写法见文档",
        "en": "a file of rules: existing and new customers, when revenue is recognised",
    },
    "potential": {
        "zh": (
            "各成员的潜力（市场规模）文件：列名与层级相同，加一列数；"
            "之后可按它分摊（by_reference，figures: potential）"
        ),
        "en": (
            "the potential of members: columns called like levels, and an amount; figures may then "
            "be spread by it (by_reference, figures: potential)"
        ),
    },
    "measures": {
        "zh": "指标目录文件（写法见 plan measures），其中的指标都进入计划",
        "en": "a file that describes measures as `plan measures` does; all of them join the plan",
    },
    "folder": {"zh": "文件夹（默认当前）", "en": "the folder (default: here)"},
    "made": {
        "zh": "已新建 {path}：{rows} 行 × {periods} 期，合计 {total}",
        "en": "{path} begun: {rows} rows × {periods} periods, {total} in all",
    },
    "none": {"zh": "这里还没有计划。", "en": "There is no plan here yet."},
    "line": {
        "zh": "{name}  {year} 年，{position} 次修改，{path}",
        "en": "{name}  {year}, {position} edits, {path}",
    },
    "edition": {
        "zh": "  第 {number} 版“{name}”，{effective} 起生效，第 {position} 次修改时发布",
        "en": "  edition {number} “{name}”, in force from {effective}, released at edit {position}",
    },
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verbs."""
    new = verb(verbs, "new", NEW, lang)
    source = new.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="source", metavar="FILE", help=WORDS["from"][lang])
    source.add_argument("--copy", metavar="PLAN", help=WORDS["copy"][lang])
    new.add_argument("--growth", metavar="8%", default="0%", help=WORDS["growth"][lang])
    new.add_argument("--year", type=int, metavar="YYYY", help=WORDS["year"][lang])
    new.add_argument("--by", action="append", default=[], metavar="A>B", help=WORDS["by"][lang])
    new.add_argument("--unit", type=int, metavar="N", help=WORDS["unit"][lang])
    new.add_argument("--measure", metavar="CODE", default="booked", help=WORDS["measure"][lang])
    new.add_argument(
        "--also", action="append", default=[], metavar="CODE=FILE", help=WORDS["also"][lang]
    )
    new.add_argument(
        "--over", action="append", default=[], metavar="LEVEL=5%", help=WORDS["over"][lang]
    )
    new.add_argument("--measures", metavar="FILE", help=WORDS["measures"][lang])
    new.add_argument("--potential", metavar="FILE", help=WORDS["potential"][lang])
    new.add_argument("--rules", metavar="FILE", help=WORDS["rules"][lang])
    new.set_defaults(perform=perform)
    known = verbs.add_parser("measures", lang=lang, help=MEASURES[lang], description=MEASURES[lang])
    known.add_argument("--lang", choices=("zh", "en"), help=SHARED["lang"][lang])
    known.set_defaults(perform=perform_measures)
    every = verbs.add_parser("list", lang=lang, help=LIST[lang], description=LIST[lang])
    every.add_argument("folder", nargs="?", default=".", metavar="DIR", help=WORDS["folder"][lang])
    every.add_argument("--lang", choices=("zh", "en"), help=SHARED["lang"][lang])
    every.set_defaults(perform=perform_list)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Begin the plan and say what it holds."""
    folder = path_of(chosen.plan)
    beginning, said = (_copied(chosen), ()) if chosen.copy else _read(chosen, folder)
    store = desk.create(folder, beginning)
    plan = desk.first(store)
    key = next(iter(plan.columns))
    total = plan.measure(key[0]).say(int(plan.columns[key].values.sum()))
    rows, periods = plan.shape
    told = {"path": folder, "rows": rows, "periods": periods, "total": total}
    speech.say(WORDS["made"][speech.lang].format(**told))
    speech.refuse([*said, *check_measures(beginning.definition.measures)])
    return 0


def perform_measures(chosen: Namespace, speech: Speech) -> int:
    """The catalogue as a text."""
    del chosen
    speech.say(write_measures(CATALOGUE.values()).rstrip())
    return 0


def perform_list(chosen: Namespace, speech: Speech) -> int:
    """One line a plan."""
    found = list(desk.folders(Path(chosen.folder)))
    for path in found:
        store = FolderStore(path)
        head = desk.definition(store)
        told = {"name": head.name, "year": head.year, "position": store.head().position}
        speech.say(WORDS["line"][speech.lang].format(**told, path=path))
        for one in editions_beside(path, head.name):
            said = {"number": one.number, "name": one.name, "effective": one.effective}
            speech.say(WORDS["edition"][speech.lang].format(**said, position=one.position))
    if not found:
        speech.note(WORDS["none"][speech.lang])
    return 0


def _read(chosen: Namespace, folder: Path) -> tuple[Beginning, tuple[Finding, ...]]:
    """The plan of the files, and what is said of the rules that it begins with."""
    described = _described(chosen.measures) if chosen.measures else ()
    by_code = {one.code: one for one in described}
    first = by_code.pop(chosen.measure, None) or known(chosen.measure)
    others = dict(named_file(one) for one in chosen.also)
    asked = (first, *by_code.values())
    check_measures([*asked, *(known(code) for code in others if code not in by_code)])
    ruled = _ruled(_lines(chosen, chosen.source), chosen.rules)
    more = {code: _lines(chosen, file) for code, file in others.items()}
    beginning = from_lines(ruled.lines, folder.stem, measures=asked, others={**ruled.more, **more})
    over = [read_level(Piece(one)) for one in chosen.over]
    bounded = bounding_over(beginning, over)
    if not chosen.potential:
        return bounded, ruled.findings
    given = read_potential(there(chosen.potential), bounded)
    return with_potential(bounded, given), (*ruled.findings, *given.findings)


def _ruled(lines: Lines, file: str | None) -> Ruling:
    return ruling(lines, rules_of(file), file=file) if file else Ruling(lines, {})


def rules_of(file: str) -> tuple[Rule, ...]:
    """The rules of a file."""
    return read_rules(there(file).read_text(encoding="utf-8"), file=file)


def _lines(chosen: Namespace, file: str) -> Lines:
    axes = [tuple(part.strip() for part in one.split(">")) for one in chosen.by]
    found = output_leaves(there(file))
    return Lines(
        found.frame,
        Path(file).name,
        axes=axes or found.axes,
        unit=chosen.unit * MINOR if chosen.unit else found.unit or MINOR,
        label_of=found.label_of,
    )


def _described(file: str) -> tuple[PlanMeasure, ...]:
    return read_measures(there(file).read_text(encoding="utf-8"), file=file)


def named_file(text: str) -> tuple[str, str]:
    """A measure and its file."""
    code, sign, file = text.partition("=")
    if not (code and sign and file):
        raise UsageRefused([error("measure.file_unclear", text)])
    return code, file


def there(file: str) -> Path:
    """The file of this name; DataRefused where there is none."""
    path = Path(file)
    if not path.is_file():
        raise DataRefused([error("edit.no_file", file)])
    return path


def _copied(chosen: Namespace) -> Beginning:
    plan, head = plan_or_edition(chosen.copy)
    growth = read_rate(Piece(chosen.growth))
    year = chosen.year or head.year + 1
    if year == head.year:
        raise UsageRefused([error("edit.same_year", str(year))])
    return from_plan(plan, head, name=path_of(chosen.plan).stem, year=year, growth=growth)
