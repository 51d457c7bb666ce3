"""What the figures of a reconciliation are called, in Chinese and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.core.model.hierarchies import UNASSIGNED
from quotaloom.cycle.books.home import ACROSS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.report.wording import Lang

FIGURES: Final[Mapping[str, Mapping[Lang, str]]] = {
    "booked_gross": {"zh": "签约（含税）", "en": "signed, with tax"},
    "booked_tax": {"zh": "销项税额", "en": "tax on it"},
    "booked_net": {"zh": "签约（不含税）", "en": "signed, without tax"},
    "returned_net": {"zh": "退货（不含税）", "en": "returned, without tax"},
    "backlog_opening": {"zh": "期初未交付", "en": "backlog at the start"},
    "backlog_closing": {"zh": "期末未交付", "en": "backlog at the end"},
    "recognised_net": {"zh": "确认收入（不含税）", "en": "recognised, without tax"},
    "recognised_tax": {"zh": "对应税额", "en": "tax on it"},
    "unbilled_opening": {"zh": "期初已确认未开票", "en": "not yet invoiced at the start"},
    "unbilled_closing": {"zh": "期末已确认未开票", "en": "not yet invoiced at the end"},
    "invoiced": {"zh": "开票（含税，含红字）", "en": "invoiced, red letters off"},
    "receivable_opening": {"zh": "期初应收", "en": "receivable at the start"},
    "receivable_closing": {"zh": "期末应收", "en": "receivable at the end"},
    "collected": {"zh": "回款（含税）", "en": "collected"},
}
STAGE_OF: Final = {  # the postings behind a figure
    "booked_gross": "booked",
    "booked_tax": "booked",
    "booked_net": "booked",
    "returned_net": "returned",
    "recognised_net": "recognised",
    "recognised_tax": "recognised",
    "invoiced": "invoiced",
    "collected": "collected",
}
BALANCES: Final = tuple(name for name in FIGURES if name.endswith(("_opening", "_closing")))
BRIEF: Final = (  # of a contract, where a line has no room for all of them
    "booked_net",
    "recognised_net",
    "invoiced",
    "collected",
    "backlog_closing",
    "unbilled_closing",
    "receivable_closing",
)
_REST: Final[Mapping[str, Mapping[Lang, str]]] = {
    ACROSS: {"zh": ACROSS, "en": "across regions"},
    UNASSIGNED: {"zh": UNASSIGNED, "en": "unassigned"},
}
WORDS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "title": {"zh": "口径对账", "en": "Reconciliation with finance"},
    "head": {"zh": "口径对账 {period}，单位元", "en": "reconciliation of {period}, in CNY"},
    "of": {"zh": "范围：{of}", "en": "only {of}"},
    "scope": {
        "zh": "只含全部合同行都在您所看范围内的合同，单据随合同走",
        "en": "only contracts all of whose lines stand in the branches that you see, and the papers"
        " of those contracts",
    },
    "across": {
        "zh": "跨大区合同 {count} 份不在此列（有合同行不在这个范围内）：{names}",
        "en": "contracts across regions, not in this bridge as some of their lines stand elsewhere"
        " ({count}): {names}",
    },
    "more": {"zh": " 等", "en": " and more"},
    "company_controls": {
        "zh": "财务按全公司给出的控制数不能与部分相比；这里只比较写明大区或合同的控制数",
        "en": "control totals for the whole company cannot be held against a part of it; only those"
        " that name a region or a contract of it are compared",
    },
    "untaxed": {
        "zh": "{count} 张单据既没有税额也没有税率，按税率 0 计，请补税率后重新导入",
        "en": "papers without tax and rate, counted at 0 %; import them again with a rate: {count}",
    },
    "unruled": {
        "zh": "归属规则（assignments.csv）有错，未采用，合同按各行自己写的岗位和大区归属；"
        "请按驾驶舱上的提示改正",
        "en": "the crediting rules (assignments.csv) are faulty and not used; contracts stand where"
        " their lines say; the cockpit says what to correct",
    },
    "vain": {
        "zh": "以{columns}为条件的归属规则不用于合同：合同行没有这些内容",
        "en": "crediting rules that ask for {columns} are not used here: contract lines do not tell"
        " it",
    },
    "torn": {
        "zh": "{count} 份合同有合同行同时符合两条同样具体的归属规则，"
        "这些行按自己写的岗位和大区归属；请改规则：{names}",
        "en": "contracts with lines that two equally specific crediting rules fit; those lines"
        " stand where they say; mend the rules ({count}): {names}",
    },
    "receipt": {"zh": "承兑汇票按收到计", "en": "bankers' acceptances on receipt"},
    "maturity": {"zh": "承兑汇票按到期计", "en": "bankers' acceptances at maturity"},
    "whole_years": {"zh": "跨年合同整份计", "en": "contracts over years whole when signed"},
    "part_years": {"zh": "跨年合同按天分年计", "en": "contracts over years by each year's days"},
    "external": {"zh": "不含内部往来", "en": "without internal deals"},
    "internal": {"zh": "含内部往来", "en": "with internal deals"},
    "contracts": {"zh": "逐合同", "en": "by contract"},
    "whole": {"zh": "合计", "en": "total"},
    "plus": {"zh": "加：", "en": "plus "},
    "minus": {"zh": "减：", "en": "less "},
    "of_which": {"zh": "其中质保金", "en": "of which retention"},
    "closes": {
        "zh": "✓ 每一步都对得上，差额 0.00 元",
        "en": "✓ every step closes, difference 0.00",
    },
    "open": {"zh": "✗ 有步骤对不上", "en": "✗ some steps do not close"},
    "checks": {"zh": "与财务控制数比较", "en": "against finance's control totals"},
    "control": {"zh": "控制数", "en": "control"},
    "own": {"zh": "本系统", "en": "ours"},
    "difference": {"zh": "差额", "en": "difference"},
    "lines": {"zh": "可能的原因", "en": "it may be"},
    "alike_paper": {"zh": "恰好这个金额的单据", "en": "papers of just that amount"},
    "outside_paper": {
        "zh": "恰好这个金额、但日期不在本期的单据（跨期）",
        "en": "papers of just that amount, dated in another period",
    },
    "largest_paper": {
        "zh": "没有一张单据恰好是这个金额，最大的几张是",
        "en": "no paper has just that amount; the largest are",
    },
    "alike": {"zh": "一致", "en": "alike"},
    "figure": {"zh": "口径", "en": "figure"},
    "paper": {"zh": "单号", "en": "paper"},
    "contract": {"zh": "合同", "en": "contract"},
    "region": {"zh": "大区", "en": "region"},
    "date": {"zh": "日期", "en": "day"},
    "gross": {"zh": "含税", "en": "with tax"},
    "net": {"zh": "不含税", "en": "without tax"},
    "origin": {"zh": "文件与行号", "en": "file and row"},
    "unplaced": {
        "zh": "另有 {count} 个控制数的口径这里没有，未比较",
        "en": "{count} more control totals name a figure that is not here",
    },
    "about": {"zh": "说明", "en": "about"},
    "period": {"zh": "期间", "en": "period"},
}


def step_word(name: str, sign: int, lang: Lang) -> str:
    """A step of the bridge: 加 or 减 before it; a subtotal bears its own name."""
    lead = {1: WORDS["plus"][lang], -1: WORDS["minus"][lang]}.get(sign, "")
    return ("" if name == "booked_gross" else lead) + FIGURES[name][lang]


def part_word(member: str, lang: Lang) -> str:
    """A part of the bridge; 跨大区 and 未归属 in the reader's language."""
    return _REST[member][lang] if member in _REST else member
