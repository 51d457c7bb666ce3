"""What is said of reconciliations with finance."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "books.nothing": (
        "{subject} 没有可以对账的数据。请先导入合同行、验收、开票和回款。",
        "There is nothing to reconcile for {subject}. Import contract lines, acceptances, "
        "invoices and receipts first.",
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
