"""The demo company's next year, decomposed: the same plan from either of its histories."""

from __future__ import annotations

import polars as pl
import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.cycle.decompose import decompose
from quotaloom.cycle.demo_company import Company, build_company
from quotaloom.cycle.request import DecomposeRequest

UNIT = 1_000_000  # 1万元 in 分


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return build_company(tmp_path_factory.mktemp("company"))


def from_summary(company: Company, **more: object) -> pl.DataFrame:
    files = (company.files["三年订单.xlsx"],)
    return decompose(DecomposeRequest(files, "15亿", 2027, unit="10000", **more)).frame  # type: ignore[arg-type]


def from_lines(company: Company, *by: str, **more: object) -> pl.DataFrame:
    request = DecomposeRequest(
        (company.files["订单明细.csv"],),
        "15亿",
        2027,
        by=by,
        join=(f"{company.files['组织.csv']} on 岗位编码=岗位",),
        date="订单日期",
        amount="不含税金额",
        unit="10000",
        **more,  # type: ignore[arg-type]
    )
    return decompose(request).frame


def shares(frame: pl.DataFrame, column: str, header: str) -> dict[str, float]:
    sums = frame.group_by(header).agg(pl.col(column).sum() / frame[column].sum())
    return dict(sums.iter_rows())


def test_both_histories_give_the_same_plan(company: Company) -> None:
    small = from_summary(company)
    large = from_lines(company, "现大区>现省份>岗位|岗位名称", "产品线>产品")
    for header, other in (("大区", "现大区"), ("产品线", "产品线")):
        ours = small.group_by(header).agg(pl.col("quota").sum()).rows()
        theirs = large.group_by(other).agg(pl.col("quota").sum()).rows()
        assert sorted(ours) == sorted(theirs)
    assert small["quota"].sum() == large["quota"].sum() == 1500 * 10**8
    assert (large["quota"] % UNIT == 0).all()


def test_a_plan_by_the_regions_of_the_day_shows_the_clash(company: Company) -> None:
    with pytest.raises(DataRefused) as refused:
        from_lines(company, "大区>省份")
    assert {finding.subject for finding in refused.value.findings} >= {"山东", "江西", "湖南"}


def test_a_successor_takes_over_and_nobody_else_gains(company: Company) -> None:
    roster = company.files["次年人员变动.csv"]
    before, after = from_summary(company), from_summary(company, roster=roster)
    gone = pl.read_csv(roster).filter(pl.col("动作") == "接替")["成员"].to_list()
    assert set(gone) <= set(before["客户经理"])
    assert set(gone).isdisjoint(after["客户经理"])
    for column in ("basis", "quota"):
        for header in ("大区", "产品线"):
            assert near(shares(before, column, header), shares(after, column, header))


def test_shares_of_the_plan_are_shares_of_the_basis(company: Company) -> None:
    frame = from_lines(
        company,
        "现大区>现省份>岗位|岗位名称",
        "产品线>产品",
        roster=company.files["次年岗位产品变动.csv"],
    )
    for header in ("现大区", "岗位", "产品线", "产品"):
        assert near(shares(frame, "quota", header), shares(frame, "basis", header))
    assert "GW149" not in set(frame["岗位"])
    assert {"织云智能体订阅"} <= set(frame["产品"])


def near(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    """The same members, and no share more than a hundredth of the whole apart."""
    return ours.keys() == theirs.keys() and all(abs(ours[key] - theirs[key]) < 0.01 for key in ours)
