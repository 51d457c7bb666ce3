"""quotaloom share: rank, gap, relative share and concentration among rivals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotaloom.cycle.share import share
from quotaloom.report.summary_table import Row, aligned
from quotaloom.report.tracking.line import fixed

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech
    from quotaloom.cycle.share import Rivalry

HELP = {
    "zh": "市场份额：名次、与龙头的差距、相对份额、集中度",
    "en": "market shares: rank, gap to the leader, relative share, concentration",
}
WORDS = {
    "file": {"zh": "文件：名称、份额（%）", "en": "a file: name, share (%)"},
    "own": {"zh": "我们自己的名称", "en": "our own name in it"},
    "share": {"zh": "份额(%)", "en": "share (%)"},
    "others": {"zh": "其他", "en": "others"},
    "sum": {
        "zh": "已列合计 {named} %，前三名 {three} %",
        "en": "named {named} %, top three {three} %",
    },
    "hhi": {
        "zh": "HHI {least} 至 {most}（其他为众多小企业，至其他为一家）",
        "en": "HHI {least} to {most} (the others many and tiny, to the others one)",
    },
    "ours": {
        "zh": "{name}：第 {rank} 名，落后龙头 {gap} 个百分点，相对份额 {relative}",
        "en": "{name}: rank {rank}, {gap} points behind the leader, relative share {relative}",
    },
    "lang": {"zh": "语言 zh 或 en", "en": "language, zh or en"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    parser = verbs.add_parser("share", lang=lang, help=HELP[lang], description=HELP[lang])
    parser.add_argument("file", metavar="FILE", help=WORDS["file"][lang])
    parser.add_argument("--own", metavar="NAME", default="", help=WORDS["own"][lang])
    parser.add_argument("--lang", choices=("zh", "en"), help=WORDS["lang"][lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """Read, say."""
    found = share(Path(chosen.file), chosen.own)
    for line in _told(found, speech.lang, speech.width):
        speech.say(line)
    return 0


def _told(found: Rivalry, lang: Lang, width: int) -> list[str]:
    one = found.spread
    named = [*found.named, (WORDS["others"][lang], one.others)]
    rows = [Row(name, (fixed(value, 1),), int(value * 10)) for name, value in named]
    figures = {"named": fixed(one.named, 1), "three": fixed(one.largest(3), 1)}
    bounds = {"least": fixed(one.least, 0), "most": fixed(one.most, 0)}
    told = aligned(["", WORDS["share"][lang]], rows, width)
    told += [WORDS["sum"][lang].format(**figures), WORDS["hhi"][lang].format(**bounds)]
    if found.own:
        value = dict(found.named)[found.own]
        relative = one.relative(value)
        ours = {"rank": one.rank(value), "gap": fixed(one.gap(value), 1)}
        said = "—" if relative is None else fixed(relative, 3)
        told.append(WORDS["ours"][lang].format(name=found.own, relative=said, **ours))
    return told
