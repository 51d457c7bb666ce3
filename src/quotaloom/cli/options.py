"""The options of ``quotaloom decompose``, each with its help in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from quotaloom.cli.parser import plain_help
from quotaloom.cycle.request import CHOICES

if TYPE_CHECKING:
    from argparse import _ArgumentGroup

    from quotaloom.cli.speech import Lang

Group = Literal["goal", "dimensions", "time", "basis", "wishes", "files"]
GROUPS: Final[dict[Group, dict[Lang, str]]] = {
    "goal": {"zh": "目标", "en": "goal"},
    "dimensions": {"zh": "维度", "en": "dimensions"},
    "time": {"zh": "时间与季节", "en": "time and seasons"},
    "basis": {"zh": "依据", "en": "basis"},
    "wishes": {"zh": "要求", "en": "wishes"},
    "files": {"zh": "读取文件", "en": "reading files"},
}


@dataclass(frozen=True)
class Option:
    """One option: its flag, the help texts, what its value is called, and how it is read."""

    flag: str
    group: Group
    zh: str
    en: str
    value: str | None = None
    kind: type = str
    many: bool = False
    words: str | None = None

    @property
    def name(self) -> str:
        """The field of the request, and the key in a config file."""
        return self.flag.removeprefix("--").replace("-", "_")

    def declare(self, group: _ArgumentGroup, lang: Lang) -> None:
        """Add the option; an absent one is None, so that a config file may speak."""
        said = plain_help(self.zh if lang == "zh" else self.en)
        given: dict[str, Any] = {"help": said, "default": None}
        if self.kind is bool:
            group.add_argument(self.flag, action="store_true", **given)
            return
        if self.many:
            given["action"] = "append"
        if self.words is not None:
            given["nargs"] = self.words
        choices = CHOICES.get(self.name)
        group.add_argument(self.flag, metavar=self.value, type=self.kind, choices=choices, **given)


OPTIONS: Final = (
    Option(
        "--total",
        "goal",
        "目标总额：5亿、500000000、+15%（比去年）、1.2x（去年的倍数）",
        "the total: 500000000, 5亿, +15% over last year, 1.2x last year",
        "AMOUNT",
    ),
    Option("--year", "goal", "目标年度（财年）", "the target year (fiscal)", "YEAR", int),
    Option(
        "--unit",
        "goal",
        "最小单位，每个数都是它的整数倍（元，默认 1；可写 1万）",
        "the unit that every number is a multiple of (default 1)",
        "AMOUNT",
    ),
    Option(
        "--by",
        "dimensions",
        "一个维度：层级用 > 连接，编码与名称用 | 连接，可多次；不写则用认出的列",
        "a hierarchy: levels joined by >, code|name pairs; repeatable; default: what is recognised",
        "LEVELS",
        many=True,
    ),
    Option(
        "--tree",
        "dimensions",
        "上下级维度：名称=成员列<上级列，可多次；自己也有销售的上级得到「本级」",
        "a parent-child hierarchy: name=member<parent; repeatable; a parent that sells gets 本级",
        "TREE",
        many=True,
    ),
    Option(
        "--join",
        "dimensions",
        "关联文件：FILE on 左列=右列 [as 别名]，可多次",
        "a joined file: FILE on left=right [as alias]; repeatable",
        "WORD",
        many=True,
        words="+",
    ),
    Option(
        "--repeated-names",
        "dimensions",
        "同一名称出现在两个上级下：refuse 拒绝（默认），separate 当作两个成员",
        "one name under two parents: refuse (default), or separate: two members",
    ),
    Option(
        "--time",
        "time",
        "最细的期间（默认 month）",
        "the finest period (default month)",
    ),
    Option(
        "--fiscal-start",
        "time",
        "财年起始月（默认 1）",
        "first month of the fiscal year (default 1)",
        "MONTH",
        int,
    ),
    Option(
        "--cutoff-day",
        "time",
        "月结日，如 25 表示上月 26 日至本月 25 日（默认自然月）",
        "month cut-off day: 25 means the 26th to the 25th (default: natural months)",
        "DAY",
        int,
    ),
    Option(
        "--pattern",
        "time",
        "按整周组成月份的日历",
        "a calendar whose months are whole weeks",
    ),
    Option(
        "--seasonality",
        "time",
        "季节形状：history（默认）、equal、workdays、一串权重如 15,20,30,35，或文件",
        "the year's shape: history (default), equal, workdays, weights like 15,20,30,35, or a file",
        "SHAPE",
    ),
    Option(
        "--event",
        "time",
        "使某期加重的活动，如 2027-06:+20% 新品上市，可多次",
        "an event that lifts a period, such as 2027-06:+20% launch; repeatable",
        "EVENT",
        many=True,
    ),
    Option(
        "--season-by",
        "time",
        "谁有自己的季节形状：top 各维度顶层成员的组合（默认）、total 全公司一个，或列名",
        "who has a season of its own: top members (default), total: one for all, or headers",
        "LEVELS",
    ),
    Option(
        "--spring-festival",
        "time",
        "一二月：block 合并后按目标年工作日拆分（默认），off 不处理",
        "January and February: block, split by the year's working days (default), or off",
    ),
    Option(
        "--country",
        "time",
        "工作日历的国家代码（默认 CN）",
        "country code of the working days (default CN)",
        "CODE",
    ),
    Option(
        "--date", "basis", "日期列（默认自动识别）", "the date column (default: recognised)", "COL"
    ),
    Option(
        "--amount",
        "basis",
        "金额列（默认自动识别）",
        "the amount column (default: recognised)",
        "COL",
    ),
    Option(
        "--basis-years",
        "basis",
        "取最近几年（默认 3）",
        "how many years of history count (default 3)",
        "N",
        int,
    ),
    Option(
        "--recency",
        "basis",
        "年权重 = recency^年龄（默认 0.5，1 表示各年同权）",
        "year weight = recency^age (default 0.5; 1: all years alike)",
        "R",
    ),
    Option(
        "--partial-years",
        "basis",
        "不完整年度：complete 按季节补全（默认），leave_out 剔除",
        "incomplete years: complete them by the season (default), or leave_out",
    ),
    Option(
        "--weights",
        "basis",
        "不带日期的依据文件；同时给出历史数据时，后者只提供季节形状和去年总额",
        "a basis without dates; facts beside it give the season and last year's total only",
        "FILE",
    ),
    Option(
        "--weight-column",
        "basis",
        "依据文件中的权重列，或由几列算成，如 潜力*渗透率（默认自动识别）",
        "the weights' column of --weights, or a formula like potential*share (default: recognised)",
        "COL",
    ),
    Option(
        "--roster",
        "basis",
        "明年名册：离职、接替、新增，产品停售与上市",
        "next year's roster: who leaves, succeeds or is new; products likewise",
        "FILE",
    ),
    Option(
        "--on-zero-basis",
        "basis",
        "要求落在依据为零的单元上：equal 平均（默认），refuse 拒绝",
        "a wish on cells without basis: equal shares (default), or refuse",
    ),
    Option(
        "--on-negative-basis",
        "basis",
        "依据为负：refuse 拒绝（默认），zero 按零",
        "a negative basis: refuse (default), or count as zero",
    ),
    Option(
        "--fix",
        "wishes",
        "固定合计，参与求解：地区=华东:1.5亿、2027Q4:35%，可多次",
        "a total that is solved for: region=East:1500000, 2027Q4:35%; repeatable",
        "NODE:AMOUNT",
        many=True,
    ),
    Option(
        "--hold",
        "wishes",
        "锁定合计，先定下来，不参与求解，可多次",
        "a total that is set first and kept out of the solving; repeatable",
        "NODE:AMOUNT",
        many=True,
    ),
    Option(
        "--bound",
        "wishes",
        "上下限：地区=西北:>=300万 或 <=300万，可多次",
        "a bound on a total: region=West:>=3000000 or <=; repeatable",
        "NODE:>=AMOUNT",
        many=True,
    ),
    Option(
        "--growth-max",
        "wishes",
        "每个单元比去年最多增长多少，如 60%",
        "the most that a cell may grow over last year, such as 60%",
        "SHARE",
    ),
    Option(
        "--where",
        "files",
        "筛选表达式，如 状态=已签 and 金额>0，可多次",
        "a filter such as status=won and amount>0; repeatable",
        "EXPR",
        many=True,
    ),
    Option(
        "--alias",
        "files",
        "成员改名：旧名=新名，可多次",
        "rename a member: old=new; repeatable",
        "OLD=NEW",
        many=True,
    ),
    Option(
        "--subtotals",
        "files",
        "小计、合计行：drop 剔除，refuse 拒绝",
        "rows that are sums of others: drop, or refuse",
    ),
    Option("--sheet", "files", "工作表名称", "the sheet to read", "NAME"),
    Option("--header-row", "files", "表头所在行（从 1 数）", "row of the header, from 1", "N", int),
    Option("--encoding", "files", "文本文件的编码，如 gb18030", "the text's encoding", "NAME"),
    Option("--delimiter", "files", "文本文件的分隔符", "the text's delimiter", "CHAR"),
    Option(
        "--hidden-rows",
        "files",
        "隐藏行：refuse 拒绝（默认），read 读入，skip 跳过",
        "hidden rows: refuse (default), read, or skip",
    ),
    Option(
        "--fill-down",
        "files",
        "合并单元格的值填到每一格",
        "repeat a merged cell's value in every cell that it covers",
        kind=bool,
    ),
    Option(
        "--date-order",
        "files",
        "03/04/2025 的次序：dmy 日月年，mdy 月日年",
        "the order in 03/04/2025: dmy or mdy",
    ),
    Option(
        "--decimal-mark",
        "files",
        "小数点写成什么：. 或 ,（1.234,56 用 ,）",
        "what stands before decimals: . or , (for 1.234,56)",
    ),
    Option(
        "--zone",
        "files",
        "带时区的时刻按哪个时区算哪一天（默认 Asia/Shanghai）",
        "the zone in which an instant becomes a day (default Asia/Shanghai)",
    ),
)
