"""The demo company's contracts to reconcile: few enough to follow by hand, with all that is hard.

VAT of 13, 9 and 6 %, a contract of last year, one over three years, a return with its red-letter
invoice, 质保金, a banker's acceptance, and control totals of which two differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.tables.catalogue import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.warehouse.batches.shelf import Shelf

FILES: Final = {
    "contracts": """签约日期,合同号,合同金额,质保金,大区,客户
2025-11-10,HT-A,1130000.00,113000.00,华东,青禾装备
2026-02-01,HT-B,545000.00,27250.00,华北,北辰电气
2026-03-01,HT-C,318000.00,,华东,云帆物流
2026-04-15,HT-D,226000.00,,华北,恒岳重工
2026-05-20,HT-E,109999.99,,华东,南洲食品
""",
    "contract_lines": """签约日期,合同号,行号,行金额,税率,服务开始,服务结束,大区,客户
2025-11-10,HT-A,1,1130000.00,13%,,,华东,青禾装备
2026-02-01,HT-B,1,545000.00,9%,,,华北,北辰电气
2026-03-01,HT-C,1,318000.00,6%,2026-03-01,2029-03-01,华东,云帆物流
2026-04-15,HT-D,1,226000.00,13%,,,华北,恒岳重工
2026-05-20,HT-E,1,99999.99,13%,,,华东,南洲食品
2026-05-20,HT-E,2,10000.00,6%,,,华东,南洲食品
""",
    "returns": """退货日期,退货单号,行号,合同号,退货金额,税率
2026-07-10,TH-1,1,HT-D,22600.00,13%
""",
    "acceptances": """验收日期,验收单号,合同号,行号,验收金额,税率
2025-12-15,YS-1,HT-A,1,452000.00,13%
2026-03-20,YS-2,HT-A,1,678000.00,13%
2026-05-10,YS-3,HT-D,1,226000.00,13%
2026-06-30,YS-4,HT-E,1,99999.99,13%
2026-07-10,YS-5,HT-D,1,-22600.00,13%
2026-09-30,YS-6,HT-B,1,436000.00,9%
2026-12-31,YS-7,HT-C,1,88333.33,6%
""",
    "invoices": """开票日期,发票号,行号,合同号,开票金额,税率,发票类别,原发票号
2025-12-20,FP-1,1,HT-A,452000.00,13%,蓝字,
2026-03-05,FP-2,1,HT-C,318000.00,6%,蓝字,
2026-03-25,FP-3,1,HT-A,678000.00,13%,蓝字,
2026-05-12,FP-4,1,HT-D,226000.00,13%,蓝字,
2026-07-02,FP-5,1,HT-E,99999.99,13%,蓝字,
2026-07-15,FP-6,1,HT-D,-22600.00,13%,红字,FP-4
2026-10-08,FP-7,1,HT-B,436000.00,9%,蓝字,
""",
    "receipts": """回款日期,回款单号,合同号,回款金额,收款方式,承兑到期日
2025-12-28,HK-1,HT-A,339000.00,电汇,
2026-03-20,HK-2,HT-C,318000.00,电汇,
2026-04-20,HK-3,HT-A,678000.00,电汇,
2026-06-10,HK-4,HT-D,226000.00,电汇,
2026-07-20,HK-5,HT-D,-22600.00,电汇,
2026-08-01,HK-6,HT-E,50000.00,电汇,
2026-11-30,HK-7,HT-B,408750.00,银行承兑汇票,2027-05-30
""",
    "control_totals": """期间,口径,金额,含税
2026-12-31,签约,1198999.99,含税
2026-12-31,确认收入,1351828.90,不含税
2026-12-31,开票,1757999.99,含税
2026-12-31,回款,1249400.00,含税
""",
}


def import_books(folder: Path, shelf: Shelf, *, author: str) -> None:
    """Write the files into the folder and import each as its kind, which names it."""
    for kind, text in FILES.items():
        path = folder / f"对账_{KINDS[kind].zh}.csv"
        path.write_text(text, encoding="utf-8-sig")
        take(shelf, ImportRequest(files=(path,), into=kind), author=author)
