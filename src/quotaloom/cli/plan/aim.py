"""quotaloom plan aim: rules by class of market and product, as edits to look at and to apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotaloom.cli.plan.begin import rules_of
from quotaloom.cli.plan.folder import opened, verb
from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.cycle.plan.aim import aimed
from quotaloom.planfile.grammar import write_edit
from quotaloom.planfile.rule_text import AimRule

if TYPE_CHECKING:
    from argparse import Namespace

    from quotaloom.cli.speech import Lang, Speech

HELP = {
    "zh": "按市场类别、产品类别的规则算出目标，写成修改，可交给 plan apply",
    "en": "totals by rules for classes of markets and products, as edits for `plan apply`",
}
RULES = {"zh": "规则文件（aim），写法见文档", "en": "a file of rules (aim)"}
CLASSES = {
    "core": {
        "zh": "核心市场：随市场增长，保份额",
        "en": "core market: grow with it, hold the share",
    },
    "growth": {"zh": "成长市场：快于市场", "en": "growth market: grow faster than it"},
    "blank": {"zh": "空白市场：新客户数与首批收入", "en": "blank market: new names, first revenue"},
    "star": {"zh": "明星产品：提增速", "en": "star: grow"},
    "cow": {"zh": "金牛产品：毛利与回款", "en": "cow: margin and cash"},
    "question": {"zh": "问题产品：去库存并迭代", "en": "question mark: sell off stock, and renew"},
    "dog": {"zh": "瘦狗产品：不再增长", "en": "dog: no growth"},
}


def declare(verbs: Any, lang: Lang) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the verb."""
    parser = verb(verbs, "aim", HELP, lang)
    parser.add_argument("rules", metavar="RULES", help=RULES[lang])
    parser.set_defaults(perform=perform)


def perform(chosen: Namespace, speech: Speech) -> int:
    """The edits of each rule under a line that says its class; nothing is written."""
    plan = opened(chosen).plan
    rules = [one for one in rules_of(chosen.rules) if isinstance(one, AimRule)]
    if not rules:
        raise UsageRefused([error("rule.none", chosen.rules, verbs="aim")])
    for one in aimed(plan, rules):
        speech.say(f"# {CLASSES[one.of][speech.lang]}")
        for edit in one.edits:
            speech.say(write_edit(edit, plan.measures))
    return 0
