"""What is said of reconciliations with finance."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "books.nothing": (
        "{subject} 没有可以对账的数据。请先导入合同行、验收、开票和回款。",
        "There is nothing to reconcile for {subject}. Import contract lines, acceptances, "
        "invoices and receipts first.",
    ),
    "books.nothing_in_scope": (
        "{subject} 在您能看到的范围内没有可以对账的合同。"
        "只有全部合同行都写明您范围内的岗位或大区的合同才在这里；"
        "如果有缺，请联系运营补上合同行的岗位或大区。",
        "There is no contract to reconcile for {subject} in the branches that you see. Only "
        "contracts all of whose lines name a seat or region of yours are here; if one is missing, "
        "ask sales operations to complete its lines.",
    ),
    "books.no_region": (
        "没有「{subject}」这个大区的合同。现有：{known}。",
        "No contract stands in a region {subject}. There are: {known}.",
    ),
    "books.no_contract": (
        "没有您能看到的合同 {subject}，请核对合同号。",
        "There is no contract {subject} that you may see. Check its number.",
    ),
    "books.unknown_figure": (
        "没有「{subject}」这个口径。请从列表中选择。",
        "There is no figure {subject}. Choose one of the list.",
    ),
    "books.out_kind": (
        "「{subject}」不能写出：只支持 .xlsx。",
        "{subject} cannot be written: only .xlsx is.",
    ),
}
