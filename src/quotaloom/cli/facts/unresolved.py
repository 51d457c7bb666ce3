"""quotaloom unresolved: names that no list of members has, and whom each of them means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.facts.place import author_of, declare_place, shelf_of
from quotaloom.cycle.facts.take import now
from quotaloom.cycle.request import read_pairs
from quotaloom.warehouse.intake.amount_column import plain_amount

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "列出计入未归属的名称，并归属到成员",
    "en": "list the names that count as unassigned, and say which members they are",
}
WORDS = {
    "dataset": {"zh": "数据集", "en": "the dataset"},
    "members": {"zh": "名称=成员，可写多个", "en": "NAME=MEMBER, any number"},
    "column": {"zh": "名称所在的列", "en": "the column of the names"},
    "none": {"zh": "没有待归属的名称", "en": "every name is known"},
    "line": {
        "zh": "{column}  {text}  {rows} 行  {amount} 元",
        "en": "{column}  {text}  {rows} rows  {amount} yuan",
    },
    "resolved": {
        "zh": "已归属 {count} 个名称（记为第 {position} 步，可用 quotaloom undo 撤回）",
        "en": "{count} names resolved (step {position}; quotaloom undo takes it back)",
    },
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb to the command."""
    said = HELP[lang]
    parser: ArgumentParser = verbs.add_parser("unresolved", lang=lang, help=said, description=said)
    parser.add_argument("dataset", metavar="NAME", help=WORDS["dataset"][lang])
    parser.add_argument("members", nargs="*", metavar="NAME=MEMBER", help=WORDS["members"][lang])
    parser.add_argument("--column", metavar="COLUMN", help=WORDS["column"][lang])
    declare_place(parser, lang, writes=True)
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """List the names, or resolve those that were given."""
    shelf, lang = shelf_of(chosen.home), speech.lang
    if chosen.members:
        members = read_pairs(tuple(chosen.members))
        made = shelf.resolve(
            chosen.dataset, chosen.column or "", members, author=author_of(chosen), time=now()
        )
        speech.say(WORDS["resolved"][lang].format(count=len(members), position=made.position))
        return 0
    table = shelf.unresolved(chosen.dataset)
    for row in table.iter_rows(named=True):
        amount = "—" if row["amount"] is None else plain_amount(row["amount"])
        told = {"column": row["column"], "text": row["text"], "rows": row["rows"]}
        speech.say(WORDS["line"][lang].format(amount=amount, **told))
    if table.is_empty():
        speech.say(WORDS["none"][lang])
    return 0
