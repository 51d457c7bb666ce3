"""The options of ``quotaloom decompose``, each with its help in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotaloom.cli.parser import Parser
    from quotaloom.cli.speech import Lang


@dataclass(frozen=True)
class Option:
    """One option: its flag, what its value is called, the help texts, and how it is read."""

    flag: str
    zh: str
    en: str
    value: str | None = None
    kind: type = str
    many: bool = False
    words: str | int | None = None
    choices: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The field of the request, and the key in a config file."""
        return self.flag.removeprefix("--").replace("-", "_")

    def declare(self, parser: Parser, lang: Lang) -> None:
        """Add the option; an absent one is None, so that a config file may speak."""
        given: dict[str, Any] = {"help": self.zh if lang == "zh" else self.en, "default": None}
        if self.kind is bool:
            parser.add_argument(self.flag, action="store_true", **given)
            return
        if self.many:
            given["action"] = "append"
        if self.words is not None:
            given["nargs"] = self.words
        parser.add_argument(
            self.flag, metavar=self.value, type=self.kind, choices=self.choices, **given
        )


OPTIONS = (
    Option(
        "--total",
        "目标总额：5亿、500000000、+15%、1.2x",
        "the total: 5亿, 500000000, +15%, 1.2x",
        "AMOUNT",
    ),
    Option("--year", "目标年度（财年）", "the target year (fiscal)", "YEAR", int),
    Option("--date", "日期列", "the date column", "COL"),
    Option("--amount", "金额列", "the amount column", "COL"),
    Option(
        "--by",
        "维度，层级用 > 连接，编码与名称用 | 连接，可多次",
        "a hierarchy: levels joined by >, code|name pairs; repeatable",
        "LEVELS",
        many=True,
    ),
    Option(
        "--tree",
        "上下级维度：名称=成员列<上级列",
        "a parent-child hierarchy: name=member<parent",
        "TREE",
        many=True,
    ),
    Option(
        "--join",
        "关联文件：FILE on 左列=右列 [as 别名]，可多次",
        "a joined file: FILE on left=right [as alias]; repeatable",
        "WORD",
        many=True,
        words="+",
    ),
    Option(
        "--time",
        "时间颗粒（默认 month）",
        "the finest period (default month)",
        choices=("month", "quarter", "half", "year", "week"),
    ),
    Option(
        "--fiscal-start",
        "财年起始月（默认 1）",
        "first month of the fiscal year (default 1)",
        "MONTH",
        int,
    ),
    Option(
        "--cutoff-day", "月结日，如 25 表示 26–25", "month cut-off day, 25 means 26–25", "DAY", int
    ),
    Option("--pattern", "4-4-5 系列日历", "a 4-4-5 calendar", choices=("4-4-5", "4-5-4", "5-4-4")),
    Option(
        "--seasonality",
        "history、equal、workdays、15,20,30,35 或文件（默认 history）",
        "history, equal, workdays, 15,20,30,35 or a file (default history)",
        "SHAPE",
    ),
    Option(
        "--season-by",
        "按哪些层级的成员各取季节形状：top、total 或列名（默认 top）",
        "whose members have a seasonal shape of their own: top, total or headers (default top)",
        "LEVELS",
    ),
    Option("--basis-years", "取最近几年（默认 3）", "how many years count (default 3)", "N", int),
    Option(
        "--recency",
        "年权重 = recency^年龄（默认 0.5）",
        "year weight = recency^age (default 0.5)",
        "R",
    ),
    Option("--weights", "不带日期的依据文件", "a basis without dates", "FILE"),
    Option("--roster", "明年名册：离职、接替、新增、停产", "who is there next year", "FILE"),
    Option(
        "--fix",
        "固定：节点:金额或占比，参与求解，可多次",
        "a total solved for; repeatable",
        "NODE:AMOUNT",
        many=True,
    ),
    Option(
        "--hold",
        "保留：节点:金额，不参与求解，可多次",
        "a total kept out of the solving",
        "NODE:AMOUNT",
        many=True,
    ),
    Option(
        "--bound", "上下限：节点:>=金额 或 <=金额", "a bound on a total", "NODE:>=AMOUNT", many=True
    ),
    Option(
        "--growth-max",
        "每个单元相对去年的最大增长",
        "the most a cell may grow over last year",
        "SHARE",
    ),
    Option("--unit", "最小单位（元，默认 1）", "the smallest unit in yuan (default 1)", "AMOUNT"),
    Option("--where", "筛选表达式", "a filter expression", "EXPR"),
    Option(
        "--alias",
        "成员改名：旧名=新名，可多次",
        "rename a member: old=new; repeatable",
        "OLD=NEW",
        many=True,
    ),
    Option(
        "--subtotals", "小计行：drop 剔除，refuse 拒绝", "subtotal rows", choices=("drop", "refuse")
    ),
    Option("--sheet", "工作表", "the sheet", "NAME"),
    Option("--header-row", "表头所在行", "the row of the header", "N", int),
    Option("--encoding", "文件编码", "the file's encoding", "NAME"),
    Option("--delimiter", "分隔符", "the delimiter", "CHAR"),
    Option(
        "--hidden-rows",
        "隐藏行：read 读入，skip 跳过",
        "hidden rows",
        choices=("refuse", "read", "skip"),
    ),
    Option("--fill-down", "合并单元格向下填充", "fill merged cells down", kind=bool),
    Option(
        "--date-order", "03/04/2025 的日月次序", "the order in 03/04/2025", choices=("dmy", "mdy")
    ),
    Option(
        "--partial-years",
        "不完整年度：补全或剔除",
        "incomplete years",
        choices=("complete", "leave_out"),
    ),
    Option("--on-zero-basis", "依据为零：均分或拒绝", "a zero basis", choices=("equal", "refuse")),
    Option(
        "--on-negative-basis",
        "依据为负：拒绝或按零",
        "a negative basis",
        choices=("refuse", "zero"),
    ),
    Option(
        "--spring-festival",
        "一二月合并按工作日拆分",
        "January and February as one block",
        choices=("block", "off"),
    ),
    Option(
        "--repeated-names",
        "同名成员：拒绝或分开",
        "equal names under two parents",
        choices=("refuse", "separate"),
    ),
    Option(
        "--country", "工作日历国家（默认 CN）", "country of the working days (default CN)", "CODE"
    ),
)
