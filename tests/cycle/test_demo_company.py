"""The demo company: the same everywhere, and plausible by law, not by luck."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from quotaloom.core.model.errors import UsageRefused
from quotaloom.cycle.demo_company import Company, build_company
from quotaloom.cycle.demo_company.dice import Dice

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN: dict[str, int] = {
    "lines": 201_209,
    "returns": 2_183,
    "contracts": 32_500,
    "gross": 355_836_311_600,
    "net": 327_363_005_728,
    "net_returned": -3_496_319_435,
    "net_2024": 89_395_400_076,
    "net_2025": 103_695_934_343,
    "net_2026": 134_271_671_309,
    "net_华东": 139_418_657_626,
    "net_华南": 73_546_481_920,
    "net_华北": 55_299_106_511,
    "net_西南": 59_098_759_671,
    "accepted": 314_194_701_500,
    "collected": 270_644_344_730,
}
DIGEST = "483b583a06238719815aec96ab5aeffee472e47b2edf358917e6b8e1b2840281"
MONEY = pl.Decimal(18, 2)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return build_company(tmp_path_factory.mktemp("company"))


def read(company: Company, name: str) -> pl.DataFrame:
    """A file as text, dates as dates, amounts as whole 分."""
    frame = pl.read_csv(company.files[f"{name}.csv"], infer_schema=False)
    dates = [
        header for header in frame.columns if header.endswith(("日期", "任职开始", "任职结束"))
    ]
    amounts = [header for header in frame.columns if header.endswith(("金额", "单价", "成本"))]
    return frame.with_columns(
        pl.col(dates).str.to_date(),
        (pl.col(amounts).cast(MONEY) * 100).cast(pl.Int64),
    )


@pytest.fixture(scope="module")
def lines(company: Company) -> pl.DataFrame:
    return read(company, "订单明细").with_columns(pl.col("数量").cast(pl.Int64))


def digest(company: Company) -> str:
    """One digest of all csv files, by name."""
    texts = sorted(path for path in company.folder.iterdir() if path.suffix == ".csv")
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in texts)).hexdigest()


def test_the_sums_are_known(company: Company) -> None:
    assert dict(company.sums) == GOLDEN


def test_the_bytes_are_the_same_on_every_machine(company: Company, tmp_path: Path) -> None:
    assert digest(build_company(tmp_path)) == digest(company) == DIGEST


def test_another_seed_is_another_company(company: Company, tmp_path: Path) -> None:
    other = build_company(tmp_path, seed=1)
    assert other.sums["net"] != company.sums["net"]
    assert 190_000 < other.sums["lines"] < 210_000


def test_the_file_holds_the_sums(company: Company, lines: pl.DataFrame) -> None:
    sums, back = company.sums, lines.filter(pl.col("订单类型") == "退货")
    assert (lines.height, back.height) == (sums["lines"], sums["returns"])
    assert lines["含税金额"].sum() == sums["gross"]
    assert lines["不含税金额"].sum() == sums["net"]
    assert back["不含税金额"].sum() == sums["net_returned"]
    years = lines.group_by(pl.col("订单日期").dt.year().alias("year")).agg(
        pl.col("不含税金额").sum()
    )
    assert {f"net_{year}": net for year, net in years.iter_rows()}.items() <= sums.items()
    now = read(company, "组织").select("岗位", "现大区")
    regions = lines.join(now, left_on="岗位编码", right_on="岗位").group_by("现大区")
    net = regions.agg(pl.col("不含税金额").sum())
    assert {f"net_{region}": amount for region, amount in net.iter_rows()}.items() <= sums.items()


def test_it_has_the_size_of_the_story(company: Company, lines: pl.DataFrame) -> None:
    seats = read(company, "组织").filter(pl.col("岗位类型") == "销售")
    assert 55 <= seats.height <= 65
    assert 195_000 <= lines.height <= 205_000
    assert lines["产品线"].n_unique() == 5
    assert set(lines["收入类型"]) == {"平台订阅", "License授权", "解决方案", "运维服务"}
    assert set(lines["渠道"]) == {"直销", "经销", "生态伙伴"}
    assert set(lines["大区"]) == {"华东", "华南", "华北", "西南"}
    assert set(lines["税率"]) == {"6%", "9%", "13%"}
    assert lines.group_by("收入类型").agg(pl.col("税率").n_unique())["税率"].max() == 1
    assert lines["客户"].n_unique() > 800
    assert lines.filter(pl.col("客户") == "其他").height > 10_000


def test_tax_is_exact_to_the_fen(lines: pl.DataFrame) -> None:
    gross, net = lines["含税金额"].to_numpy(), lines["不含税金额"].to_numpy()
    rate = lines["税率"].str.strip_suffix("%").cast(pl.Int64).to_numpy()
    off = abs(net) * (100 + rate) - abs(gross) * 100  # times (100 + rate): at most half a 分
    assert (2 * abs(off) <= 100 + rate).all()
    assert (np.sign(net) == np.sign(gross)).all()
    assert (gross == lines["数量"].to_numpy() * lines["含税单价"].to_numpy()).all()


def test_a_product_earns_more_the_less_work_is_in_it(lines: pl.DataFrame) -> None:
    kept = 1 - pl.col("成本").sum() / pl.col("不含税金额").sum()
    rates = dict(lines.group_by("收入类型").agg(kept).iter_rows())
    order = ["解决方案", "运维服务", "平台订阅", "License授权"]
    assert sorted(rates, key=lambda revenue: rates[revenue]) == order
    assert 0.2 < rates["解决方案"] < rates["License授权"] < 0.9
    assert (np.sign(lines["成本"].to_numpy()) == np.sign(lines["数量"].to_numpy())).all()


def test_every_line_names_who_sat_on_the_seat_that_day(
    company: Company, lines: pl.DataFrame
) -> None:
    terms = read(company, "任职").with_columns(pl.col("任职结束").fill_null(date(9999, 1, 1)))
    joined = lines.with_row_index("line").join(
        terms, left_on="岗位编码", right_on="岗位", how="left"
    )
    held = joined.filter(pl.col("订单日期").is_between("任职开始", "任职结束", closed="left"))
    assert held.height == held["line"].n_unique()  # never two on one seat
    assert (held["客户经理"] == held["姓名"]).all()
    assert (held["工号"] == held["工号_right"]).all()
    vacant = lines.with_row_index("line").join(held.select("line"), on="line", how="anti")
    assert vacant.height > 1000
    assert (vacant["客户经理"] == "待招" + vacant["岗位编码"]).all()


def test_people_leave_and_a_vacancy_stays_open(company: Company) -> None:
    terms = read(company, "任职")
    assert terms["任职结束"].drop_nulls().len() >= 20
    seats = read(company, "组织")
    assert seats.filter(pl.col("现任姓名") == "待招")["岗位名称"].to_list() == ["浙江客户经理3"]
    assert seats.filter(pl.col("状态") == "已撤销")["岗位名称"].to_list() == ["辽宁客户经理2"]
    moved = terms.filter(pl.col("工号").is_duplicated())
    assert moved["岗位"].n_unique() == 2  # one person, two seats, one after the other


def test_the_reorganisation_shows_from_march_2026(company: Company, lines: pl.DataFrame) -> None:
    placed = read(company, "组织沿革")
    spans = placed.with_columns(pl.col("失效日期").fill_null(date(9999, 1, 1)))
    joined = lines.join(spans, left_on="岗位编码", right_on="岗位").filter(
        pl.col("订单日期").is_between("生效日期", "失效日期", closed="left")
    )
    assert joined.height == lines.height
    assert (joined["大区"] == joined["大区_right"]).all()
    moves = lines.group_by("省份").agg(pl.col("大区").unique(maintain_order=True))
    assert {p: r for p, r in moves.iter_rows() if len(r) > 1} == {
        "山东": ["华北", "华东"],
        "江西": ["华东", "华南"],
        "湖南": ["华南", "西南"],
    }
    shandong = lines.filter(pl.col("省份") == "山东").group_by("大区")
    assert dict(shandong.agg(pl.col("订单日期").max())["大区", "订单日期"].iter_rows())[
        "华北"
    ] < date(2026, 3, 1)
    assert placed["岗位"].n_unique() == 59


def test_a_contract_is_the_sum_of_its_lines(company: Company, lines: pl.DataFrame) -> None:
    amounts = ("含税金额", "不含税金额")
    sums = lines.group_by("合同号").agg(pl.col(amounts).sum(), pl.col("订单日期").min())
    contracts = read(company, "合同").join(sums, on="合同号", how="full", suffix="_lines")
    assert contracts.height == company.sums["contracts"]
    for header in amounts:
        assert (contracts[header] == contracts[f"{header}_lines"]).all()
    assert (contracts["签订日期"] == contracts["订单日期"]).all()


@pytest.mark.parametrize(("name", "dated", "total"), [
    ("验收", "验收日期", "accepted"), ("回款", "回款日期", "collected"),
])  # fmt: skip
def test_what_follows_never_passes_the_contract(
    company: Company, name: str, dated: str, total: str
) -> None:
    parts = read(company, name)
    assert parts["含税金额"].min() > 0
    assert parts["含税金额"].sum() == company.sums[total]
    assert parts[dated].max() <= company.through
    sums = parts.group_by("合同号").agg(pl.col("含税金额").sum(), pl.col(dated).min())
    joined = sums.join(read(company, "合同"), on="合同号", how="left", suffix="_contract")
    assert (joined["含税金额"] <= joined["含税金额_contract"]).all()
    assert (joined[dated] > joined["签订日期"]).all()


def test_returns_take_back_a_part_of_an_earlier_order(lines: pl.DataFrame) -> None:
    back = lines.filter(pl.col("订单类型") == "退货")
    assert (back["含税金额"] < 0).all()
    assert set(back["收入类型"]) == {"License授权", "解决方案"}
    sold = (
        lines.filter(pl.col("订单类型") == "销售")
        .group_by("订单号", "产品", "含税单价")
        .agg(pl.col("数量").sum(), pl.col("订单日期").min())
    )
    keys = {"left_on": ["原订单号", "产品", "含税单价"], "right_on": ["订单号", "产品", "含税单价"]}
    joined = back.join(sold, **keys, how="left", suffix="_sold")  # type: ignore[arg-type]
    assert joined["数量_sold"].null_count() == 0
    assert (joined["订单日期"] > joined["订单日期_sold"]).all()
    taken = joined.group_by("原订单号", "产品", "含税单价").agg(
        pl.col("数量").sum(), pl.col("数量_sold").first()
    )
    assert (-taken["数量"] <= taken["数量_sold"]).all()


@pytest.mark.parametrize(("year", "festival"), [(2024, 2), (2025, 1), (2026, 2)])
def test_a_year_dips_at_the_spring_festival_and_peaks_in_december(
    lines: pl.DataFrame, year: int, festival: int
) -> None:
    month = pl.col("订单日期").dt.month().alias("month")
    of_year = lines.filter(pl.col("订单日期").dt.year() == year)
    counted = of_year.group_by(month).len().sort("month")["len"].to_list()
    assert counted.index(min(counted)) + 1 == festival
    assert counted.index(max(counted)) + 1 == 12
    net = (
        of_year.group_by(month)
        .agg(pl.col("不含税金额").sum())
        .sort("month")["不含税金额"]
        .to_list()
    )
    assert sum(net[9:]) > 1.5 * sum(net[:3])
    assert sum(net[:2]) < sum(net) * 0.13
    assert all(counted[end] > max(counted[end - 2 : end]) for end in (2, 5, 8, 11))  # quarter ends


def test_regions_and_products_grow_at_their_own_pace(company: Company, lines: pl.DataFrame) -> None:
    assert company.sums["net_2024"] < company.sums["net_2025"] < company.sums["net_2026"]
    year = pl.col("订单日期").dt.year().alias("year")
    counts = lines.group_by("产品", year).len().pivot("year", index="产品", values="len")
    rates = {
        row[0]: row[1] for row in counts.select("产品", pl.col("2026") / pl.col("2024")).iter_rows()
    }
    assert rates["预测性维护订阅"] > 1.8
    assert rates["采集软件授权"] < 1.2
    fallen = lines.group_by("省份", year).agg(pl.len()).pivot("year", index="省份", values="len")
    liaoning = fallen.filter(pl.col("省份") == "辽宁")
    assert liaoning["2026"].item() < liaoning["2024"].item()


def test_products_sell_only_while_they_are_on_sale(lines: pl.DataFrame) -> None:
    sold = lines.filter(pl.col("订单类型") == "销售").group_by("产品")
    spans = {
        p: (a, b) for p, a, b in sold.agg(a=pl.min("订单日期"), b=pl.max("订单日期")).iter_rows()
    }
    assert spans["MES云端订阅"][0] >= date(2025, 7, 1)
    assert spans["离线采集软件授权"][1] < date(2026, 7, 1)


def test_deals_have_a_long_tail(company: Company) -> None:
    amounts = read(company, "合同")["不含税金额"].sort(descending=True)
    assert amounts[:325].sum() > amounts.sum() * 0.18  # one in a hundred
    assert amounts[0] > 100 * amounts.median()


def test_an_earlier_day_knows_a_part_of_the_same_history(
    company: Company, lines: pl.DataFrame, tmp_path: Path
) -> None:
    early = build_company(tmp_path, through=date(2025, 8, 20))
    known = lines.filter(pl.col("订单日期") <= date(2025, 8, 20))
    assert read(early, "订单明细").drop("数量").equals(known.drop("数量"))
    accepted = read(company, "验收").filter(pl.col("验收日期") <= date(2025, 8, 20))
    assert read(early, "验收").equals(accepted)
    paid = read(early, "回款").group_by("合同号").agg(pl.col("含税金额").sum())
    owed = read(early, "合同").join(paid, on="合同号", suffix="_paid")
    assert (owed["含税金额_paid"] <= owed["含税金额"]).all()
    assert "华北" in read(early, "组织").filter(pl.col("现省份") == "山东")["现大区"].to_list()
    assert "四川客户经理4" not in read(early, "组织")["岗位名称"].to_list()


@pytest.mark.parametrize(
    ("seed", "through"), [(-1, date(2026, 12, 31)), (1, date(2027, 1, 1)), (1, date(2024, 1, 31))]
)
def test_a_day_outside_the_three_years_is_refused(tmp_path: Path, seed: int, through: date) -> None:
    with pytest.raises(UsageRefused, match=r"demo\.out_of_range"):
        build_company(tmp_path, seed=seed, through=through)
    assert list(tmp_path.iterdir()) == []


def test_the_summary_is_what_an_analyst_keeps(company: Company) -> None:
    sheet = CalamineWorkbook.from_path(company.files["三年订单.xlsx"]).get_sheet_by_index(0)
    header, *rows = sheet.to_python()
    assert header == ["订单月份", "大区", "省份", "客户经理", "产品线", "不含税金额"]
    assert 5_000 < len(rows) <= 20_000
    assert sum(round(row[-1] * 100) for row in rows) == company.sums["net"]
    parents: dict[str, set[str]] = {}
    for _, region, province, *_ in rows:
        parents.setdefault(province, set()).add(region)
    assert {len(regions) for regions in parents.values()} == {1}  # the organisation of today


def test_the_roster_names_everybody_who_sold_and_has_gone(company: Company) -> None:
    sheet = CalamineWorkbook.from_path(company.files["三年订单.xlsx"]).get_sheet_by_index(0)
    sellers = {row[3] for row in sheet.to_python()[1:]}
    now = read(company, "组织").filter(岗位类型="销售", 状态="在用")
    present = {
        f"待招{seat}" if name == "待招" else name
        for seat, name in now.select("岗位", "现任姓名").iter_rows()
    }
    roster = read(company, "次年人员变动")
    gone = roster.filter(pl.col("备注") == "已离岗")
    assert set(gone["成员"]) == sellers - present
    assert set(gone["接替人"]) <= present
    assert roster["成员"].is_unique().all()
    assert roster.filter(pl.col("动作") == "新增")["参照"].to_list()[0] in sellers


def test_dice_never_fall_on_a_weight_of_zero() -> None:
    drawn = Dice(1, "a").pick((0, 3, 0, 1, 0), 40_000)
    assert set(drawn.tolist()) == {1, 3}
    assert 0.73 < (drawn == 1).mean() < 0.77


def test_dice_fall_the_same_way_for_ever() -> None:
    """The raw stream of PCG64, on which every byte of the company stands."""
    assert Dice(2027, "lines").below(1000, 6).tolist() == [6, 609, 927, 899, 437, 376]


def test_a_curve_passes_through_its_points() -> None:
    drawn = np.sort(Dice(1, "b").curve(((0, 10), (5000, 20), (10_000, 1000)), 100_000))
    assert drawn[0] == 10
    assert drawn[-1] <= 1000
    assert abs(int(drawn[50_000]) - 20) <= 2
