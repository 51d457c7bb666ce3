"""The words on the sheets, in Chinese and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.report.wording import Lang

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "overview": ("总览", "Overview"),
    "breakdown": ("目标分解", "Breakdown"),
    "basis_sheet": ("依据", "Basis"),
    "proof": ("校验", "Checks"),
    "about": ("说明", "About"),
    "dimension": ("按{name}", "By {name}"),
    "title": ("{year} 年销售目标分解", "Sales target {year}, broken down"),
    "title_of": ("{year} 年销售目标分解 · {member}", "Sales target {year} · {member}"),
    "unit_note": (
        "单位：{unit}。单元格里存的是元，{unit}只是显示方式。",
        "Unit: {unit}. The cells hold CNY; {unit} is only how they are shown.",
    ),
    "unit_plain": ("单位：{unit}。", "Unit: {unit}."),
    "in_unit": ("单位：{unit}", "in {unit}"),
    "edit_note": (
        "蓝字是最末一级的指标，可以改（按元输入）；黑字是公式，会随之更新，请勿覆盖。",
        (
            "Blue figures are the lowest level and may be edited (type CNY); black ones are "
            "formulas that follow, please do not overwrite them."
        ),
    ),
    "linked_note": (
        "本表数字由「{sheet}」带出，请到那里修改。",
        "The figures come from “{sheet}”; please edit them there.",
    ),
    "static_note": (
        "本表为数值，不随其他表更新。",
        "This sheet holds values; it does not follow the other sheets.",
    ),
    "name": ("名称", "Name"),
    "depth": ("层级", "Level"),
    "number": ("№ {name}", "No. {name}"),
    "history": ("历史基数", "History basis"),
    "last_year": ("去年", "Last year"),
    "quota": ("指标", "Quota"),
    "growth": ("增长", "Growth"),
    "share": ("占比", "Share"),
    "cumulative": ("累计占比", "Cumulative share"),
    "total": ("合计", "Total"),
    "period": ("期间", "Period"),
    "others": ("其他 {count} 个", "{count} others"),
    "target": ("目标总额", "Total target"),
    "leaves": ("最末级指标数", "Lowest-level quotas"),
    "checks": ("校验", "Checks"),
    "alike_more": (
        "…同类还有 {count} 条，全部列在工作簿的「说明」表和 --json 里。",
        "… {count} more of the same; all stand in the workbook (sheet About) and in --json.",
    ),
    "leaves_equal": ("Σ 叶子 = 节点，共核对 {count} 个节点", "Σ leaves = node for {count} nodes"),
    "all_pass": ("✓ 全部通过", "✓ all pass"),
    "some_fail": ("✗ {count} 项不符", "✗ {count} fail"),
    "by_member": ("按{name}", "By {name}"),
    "by_period": ("按期间", "By period"),
    "sheet": ("工作表", "Sheet"),
    "hierarchy": ("维度", "Dimension"),
    "path": ("节点", "Node"),
    "method": ("方法", "Method"),
    "raw_weight": ("原始权重", "Raw weight"),
    "norm_share": ("归一占比", "Normalised share"),
    "note": ("备注", "Note"),
    "parameter": ("参数", "Parameter"),
    "value": ("取值", "Value"),
    "parameters": ("计算参数", "Parameters"),
    "derivations": ("每个数字的来历", "How each number came"),
    "check": ("校验项", "Check"),
    "count": ("核对次数", "Count"),
    "failed": ("不符次数", "Failed"),
    "result": ("结果", "Result"),
    "live": ("实时核对（公式，随修改更新）", "Live checks (formulas, follow every edit)"),
    "shown": ("表中数", "In the sheet"),
    "expected": ("应为", "Should be"),
    "difference": ("差额", "Difference"),
    "wishes": ("固定合计、锁定与上下限", "Fixed totals, holds and bounds"),
    "wish": ("要求", "Wish"),
    "kind": ("类型", "Kind"),
    "fix": ("固定", "fix"),
    "hold": ("锁定", "hold"),
    "bound": ("界限", "bound"),
    "low": ("下限", "At least"),
    "high": ("上限", "At most"),
    "reached": ("达到", "Reached"),
    "done": ("计算时已核对", "Checked when computed"),
    "live_total": (
        "「{sheet}」合计 = 目标总额",
        "Total of “{sheet}” = total target",
    ),
    "live_leaves": (
        "最末级指标之和 = 「{sheet}」合计",
        "Sum of the lowest-level quotas = total of “{sheet}”",
    ),
    "live_dimension": (
        "「{sheet}」各期合计 = 「{other}」各期合计（差额绝对值之和）",
        "“{sheet}” = “{other}” in every period (sum of absolute differences)",
    ),
    "made_by": ("由 QuotaLoom 织标 {version} 生成", "Made by QuotaLoom {version}"),
    "what": ("这是什么", "What this is"),
    "what_text": (
        (
            "本工作簿把一个总目标分解到每个最末级组合与期间。每个节点都等于其下级之和，"
            "合计等于目标总额，一分不差。"
        ),
        (
            "This workbook breaks one total down to every lowest-level combination and period. "
            "Every node equals the sum of what is below it and the total equals the target, to "
            "the cent."
        ),
    ),
    "how": ("如何核对", "How to check it"),
    "how_text": (
        (
            "改完保存后运行：quotaloom check 文件名.xlsx。它重新读取最末级指标，"
            "逐一核对每个合计，并指出对不上的单元格和差额。"
        ),
        (
            "After editing, save and run: quotaloom check FILE.xlsx. It reads the lowest-level "
            "quotas again, compares every total and names each cell that no longer holds."
        ),
    ),
    "sheets": ("各工作表", "The sheets"),
    "sheet_overview": ("总额、各维度一级成员、各期及图表", "totals, top members, periods, charts"),
    "sheet_breakdown": ("逐级分解到最末级，含季度、半年、全年合计", "the tree to its lowest level"),
    "sheet_dimension": ("「{name}」的每个成员 × 各期", "each member of {name} by period"),
    "sheet_member": ("「{name}」名下的全部指标", "everything below {name}"),
    "sheet_basis": ("权重、占比、方法与参数", "weights, shares, methods, parameters"),
    "sheet_proof": ("所有校验及实时核对公式", "all checks, with live formulas"),
    "findings": ("提示", "Findings"),
    "no_findings": ("没有需要提示的事项。", "Nothing to point out."),
    "machine": (
        "以下供 quotaloom check 读取，请勿修改或删除。",
        "For quotaloom check: please leave as it is.",
    ),
}


def word(key: str, lang: Lang, **values: str | int) -> str:
    """The word or phrase of a key, its slots filled."""
    return WORDS[key][0 if lang == "zh" else 1].format_map(values)
