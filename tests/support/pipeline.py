"""A small company's leads, opportunities with their stages, activities and orders of two years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take

if TYPE_CHECKING:
    from pathlib import Path

    from quotaloom.warehouse.batches.shelf import Shelf

FILES: Final = {
    "opportunities": """创建日期,商机编号,阶段,结果,预计金额,赢率,关闭日期,大区,岗位
2026-01-05,S1,洽谈,赢单,100000,100%,2026-03-05,华东,E1
2026-01-08,S2,方案,进行中,80000.01,45%,,华东,E1
2026-02-01,S3,洽谈,进行中,60000,70%,,华东,E2
2026-02-10,S4,方案,输单,50000,45%,2026-04-01,华北,N1
2026-03-01,S5,接洽,进行中,30000,,,华北,N1
""",
    "stage_changes": """变更日期,商机编号,阶段,大区,岗位
2026-01-05,S1,接洽,华东,E1
2026-01-20,S1,方案,华东,E1
2026-02-20,S1,洽谈,华东,E1
2026-01-08,S2,接洽,华东,E1
2026-02-15,S2,方案,华东,E1
2026-02-01,S3,接洽,华东,E2
2026-02-02,S3,方案,华东,E2
2026-02-09,S3,洽谈,华东,E2
2026-02-10,S4,接洽,华北,N1
2026-03-10,S4,方案,华北,N1
2026-03-01,S5,接洽,华北,N1
""",
    "leads": """线索日期,线索编号,首次跟进日期,大区,岗位
2026-01-03,X1,2026-01-03,华东,E1
2026-01-04,X2,2026-01-05,华东,E1
2026-02-03,X3,2026-02-06,华东,E2
2026-02-04,X4,,华北,N1
""",
    "activities": """活动日期,活动编号,活动类型,活动结果,客户,大区,岗位
2026-01-06,A1,拜访,已约下次,甲公司,华东,E1
2026-01-16,A2,拜访,待跟进,甲公司,华东,E1
2026-02-01,A3,报价,成交,甲公司,华东,E1
2026-02-11,A4,报价,无进展,乙公司,华北,N1
2026-02-12,A5,提案,无进展,乙公司,华北,N1
""",
    "order_lines": """\
订单日期,订单号,行号,大区,省份,岗位,产品线,产品,客户,行业,数量,含税金额,不含税金额,成本
2025-02-10,D0,1,华东,江苏,E1,软件,平台,甲公司,电子,2,1130,1000,400
2026-01-10,D1,1,华东,江苏,E1,软件,平台,甲公司,电子,150,101700,90000,30000
2026-02-10,D2,1,华东,江苏,E1,硬件,终端,甲公司,电子,10,11300,10000,6000
2026-03-10,D3,1,华东,浙江,E2,硬件,终端,乙公司,医药,100,90400.01,80000.01,50000
2026-05-10,D4,1,华北,北京,N1,软件,平台,丙公司,医药,40,22600,20000,12000
""",
}


def import_small(folder: Path, shelf: Shelf, *kinds: str) -> None:
    """Import the kinds named, all of them unless any is."""
    for kind in kinds or FILES:
        path = folder / f"{kind}.csv"
        path.write_text(FILES[kind], encoding="utf-8")
        take(shelf, ImportRequest(files=(path,), into=kind), author="x")
