"""What happens to hidden contracts leaves a regional manager's reconciliation byte by byte."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from quotaloom.cycle.demo_company.books import import_books
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.web.data.shelf import facts_shelf
from tests.support.doors import steady

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TORN = "签约日期,合同号,行号,行金额,税率,大区\n2026-02-02,HT-T,1,100.00,13%,华东\n"
HIDDEN = {  # kind of facts → its file: contracts of 华北, of both regions, of nobody
    "contract_lines": """签约日期,合同号,行号,行金额,税率,岗位,大区
2026-02-01,HT-N,1,777.00,13%,N1,
2026-02-02,HT-T,2,888.00,13%,,华北
2026-02-03,HT-U,1,999.00,13%,,
""",
    "contracts": """签约日期,合同号,合同金额,质保金
2026-02-02,HT-T,988.00,88.00
""",
    "acceptances": """验收日期,验收单号,合同号,行号,验收金额
2026-03-01,YS-N,HT-N,1,7.00
2026-03-01,YS-T,HT-T,1,8.00
""",
    "invoices": """开票日期,发票号,行号,合同号,开票金额,大区
2026-03-01,FP-N,1,HT-N,7.00,华东
2026-03-01,FP-T,1,HT-T,8.00,华东
2026-03-01,FP-U,1,,9.00,华北
""",
    "receipts": """回款日期,回款单号,合同号,回款金额,大区
2026-03-01,HK-N,HT-N,7.00,华东
2026-03-01,HK-U,,9.00,
""",
    "allocations": """核销日期,回款单号,合同号,核销金额
2026-03-02,HK-U,HT-N,5.00
""",
    "returns": """退货日期,退货单号,行号,合同号,退货金额
2026-03-01,TH-N,1,HT-N,7.00
""",
    "control_totals": """期间,口径,金额,含税,大区,合同号
2026-12-31,签约,1.00,含税,华北,
2026-12-31,签约,2.00,含税,,HT-T
2026-12-31,签约,3.00,含税,,HT-N
2026-12-31,开票,4.00,含税,,
2026-12-31,发货,5.00,含税,华北,
""",
}
SEEN = {
    "control_totals": "期间,口径,金额,含税,大区\n2026-12-31,回款,1.00,含税,华东\n",
    "invoices": "开票日期,发票号,行号,合同号,开票金额\n2026-03-01,FP-X,1,HT-A,7.00\n",
}
ASKED = (  # address, what is asked: everything that 李经理 may learn, and what she may not
    ("reconciliation", {}),
    ("reconciliation", {"by": "region", "region": "华东"}),
    ("reconciliation", {"by": "contract", "bills": "maturity", "years": "part"}),
    ("reconciliation", {"region": "华北"}),
    ("reconciliation", {"region": "跨大区"}),
    ("reconciliation", {"contract": "HT-A"}),
    ("reconciliation", {"contract": "HT-N"}),
    ("reconciliation", {"contract": "HT-T"}),
    ("reconciliation_export", {"by": "contract", "internal": "yes"}),
    ("reconciliation_lines", {"figure": "booked_gross"}),
    ("reconciliation_lines", {"figure": "invoiced", "by": "region", "of": "华东"}),
    ("reconciliation_lines", {"figure": "invoiced", "by": "contract", "of": "HT-N"}),
    ("reconciliation_lines", {"figure": "receivable_closing"}),
)
STATUS = [200, 200, 200, 404, 404, 200, 404, 404, 200, 200, 200, 404, 200]


@pytest.fixture
def imported(db, settings, tmp_path):  # noqa: ARG001 - opens the database
    """The demo company's papers and a contract of both regions; more of them by a call."""
    settings.HOME = tmp_path / "home"
    import_books(tmp_path, facts_shelf(), author="x")

    def more(kind, text):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        take(facts_shelf(), ImportRequest(files=(path,), into=kind), author="x")

    more("contract_lines", TORN + "2026-02-02,HT-T,3,5.00,13%,华北\n")
    return more


def told(client):
    """Every answer, by its place in the list."""
    answers = (client.get(reverse(name), {"period": "2026"} | asked) for name, asked in ASKED)
    return [body(one) for one in answers]


def body(answer):
    """The status and the body; a workbook by its parts, without the time of its making."""
    if not getattr(answer, "streaming", False):
        return answer.status_code, steady(answer)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        parts = sorted(set(book.namelist()) - {"docProps/core.xml"})
        return answer.status_code, [book.read(part) for part in parts]


def test_hidden_papers_may_change_without_a_trace(imported, as_user):
    reader = as_user("li")
    before = told(reader)
    assert "跨大区合同 1 份不在此列" in before[0][1]
    assert [status for status, _ in before] == STATUS
    for kind, text in HIDDEN.items():
        imported(kind, text)
    after = told(reader)
    assert [asked for asked, was, now in zip(ASKED, before, after, strict=True) if was != now] == []


def test_the_same_pages_change_with_what_is_seen(imported, as_user):
    reader = as_user("li")
    before = told(reader)
    for kind, text in SEEN.items():
        imported(kind, text)
    after = told(reader)
    changed = [place for place in range(len(ASKED)) if before[place] != after[place]]
    assert changed == [0, 1, 2, 5, 8, 10, 12]
