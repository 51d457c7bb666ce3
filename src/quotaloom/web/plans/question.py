"""What a plan may be asked: every setting of a decomposition as a question, in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from django.utils.translation import gettext_lazy as _

from quotaloom.web.org.roles import MEASURES
from quotaloom.web.plans.choices import (
    COUNTRIES,
    DATE_ORDERS,
    DECIMAL_MARKS,
    DELIMITERS,
    ENCODINGS,
    FESTIVALS,
    HIDDEN_ROWS,
    NEGATIVE,
    PARTIAL_YEARS,
    PATTERNS,
    REPEATED,
    SEASONS,
    SUBTOTALS,
    TIMES,
    UNITS,
    ZERO,
    ZONES,
)
from quotaloom.web.plans.models import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

    from quotaloom.web.plans.choices import Choices

Kind = Literal["text", "lines", "number", "choice", "several", "flag", "column"]
Group = Literal[
    "target", "measures", "breakdown", "tree", "wishes", "history", "calendar", "names", "reading"
]


@dataclass(frozen=True, slots=True)
class Question:
    """One setting: its words, how it is answered, and what holds where nobody answers.

    ``column`` is answered from the headers that the files have. ``options`` of a text are only
    proposed. ``looks`` marks what changes how the files are read.
    """

    name: str
    label: Promise
    help: Promise | str = ""
    kind: Kind = "text"
    initial: str = ""
    options: Choices = ()
    span: tuple[int, int] | None = None  # of a number
    most: int = 200  # characters of a text
    required: bool = False
    looks: bool = False

    @property
    def flag(self) -> str:
        """What the sentences of findings call it."""
        return self.name.replace("_", "-")


GROUPS: Final[dict[Group, tuple[Question, ...]]] = {
    "target": (
        Question(
            "total",
            _("Total of the year"),
            _("An amount such as 5亿 or 500000000, or on last year: +15%, 1.2x"),
            most=40,
            required=True,
        ),
        Question("measure", _("The figures are"), kind="choice", options=tuple(MEASURES.items())),
        Question("year", _("Year"), kind="number", span=(2000, 2190), required=True),
        Question("unit", _("Round every cell to"), kind="choice", initial="1", options=UNITS),
        Question("own_unit", _("My own unit"), _("A number of CNY such as 500 or 5万"), most=40),
        Question("name", _("Name of the plan"), required=True),
    ),
    "measures": (
        Question(
            "also",
            _("Planned beside it"),
            _("They start empty and are typed or imported later; a rate is taken of its two sides"),
            kind="several",
        ),
    ),
    "breakdown": (
        Question(
            "by",
            _("Break down by"),
            _("One hierarchy a line, its levels joined by > ; code and name as code|name"),
            kind="lines",
            looks=True,
        ),
        Question("time", _("Periods"), kind="choice", initial="month", options=TIMES),
        Question("season", _("Seasonality"), kind="choice", initial="history", options=SEASONS),
        Question(
            "profile",
            _("My own shares"),
            _("Shares of the quarters or months, such as 15,20,30,35"),
        ),
        Question(
            "event",
            _("Events that lift a period"),
            _("One a line, added to its season: 2027-06:+20% launch"),
            kind="lines",
        ),
    ),
    "tree": (
        Question(
            "tree",
            _("Hierarchies by superior"),
            _("One a line: person=EmployeeKey|Name<ParentEmployeeKey"),
            kind="lines",
            looks=True,
        ),
    ),
    "wishes": (
        Question(
            "fix",
            _("Totals to meet exactly"),
            _("One a line: 大区=华东:1.5亿 or 2027Q4:35%"),
            kind="lines",
        ),
        Question(
            "hold", _("Numbers already agreed"), _("One a line: 客户经理=张三:1200万"), kind="lines"
        ),
        Question(
            "bound", _("Lowest and highest"), _("One a line: 大区=西北:>=300万"), kind="lines"
        ),
        Question("growth_max", _("Nobody grows by more than"), _("Such as 60%"), most=20),
    ),
    "history": (
        Question("basis_years", _("Years of history"), kind="number", initial="3", span=(1, 90)),
        Question(
            "recency",
            _("Weight of a year against the next"),
            _("0.5: each year back counts half; 1: all alike"),
            initial="0.5",
            most=10,
        ),
        Question(
            "partial_years",
            _("First and last year that are not whole"),
            kind="choice",
            initial="complete",
            options=PARTIAL_YEARS,
        ),
        Question(
            "on_zero_basis",
            _("Members without history"),
            kind="choice",
            initial="equal",
            options=ZERO,
        ),
        Question(
            "on_negative_basis",
            _("Members whose history is negative"),
            kind="choice",
            initial="refuse",
            options=NEGATIVE,
        ),
        Question(
            "season_by",
            _("Who has a season of its own"),
            kind="column",
            initial="top",
            options=(("top", _("Each top member")), ("total", _("The whole company"))),
        ),
        Question("weight_column", _("Weight column"), kind="column", looks=True),
    ),
    "calendar": (
        Question(
            "fiscal_start",
            _("First month of the fiscal year"),
            kind="number",
            initial="1",
            span=(1, 12),
            looks=True,
        ),
        Question(
            "cutoff_day",
            _("Last day of a month"),
            _("25: months run from 26 to 25; 0: they end naturally"),
            kind="number",
            initial="0",
            span=(0, 31),
            looks=True,
        ),
        Question("pattern", _("Weeks of a quarter"), kind="choice", options=PATTERNS, looks=True),
        Question(
            "spring_festival",
            _("January and February"),
            kind="choice",
            initial="block",
            options=FESTIVALS,
        ),
        Question(
            "country",
            _("Working days of the country"),
            _("Its two letters, such as CN"),
            initial="CN",
            options=COUNTRIES,
            most=6,
        ),
    ),
    "names": (
        Question(
            "where",
            _("Use only rows where"),
            _("Such as 状态 = '已签'; of several lines all must hold"),
            kind="lines",
            looks=True,
        ),
        Question(
            "alias",
            _("Names that mean another"),
            _("One a line: GTXPro=GTX Pro"),
            kind="lines",
            looks=True,
        ),
        Question(
            "repeated_names",
            _("One name under two parents"),
            kind="choice",
            initial="refuse",
            options=REPEATED,
        ),
    ),
    "reading": (
        Question("date", _("Date column"), kind="column", looks=True),
        Question("amount", _("Amount column"), kind="column", looks=True),
        Question("sheet", _("Sheet"), kind="column", looks=True),
        Question("header_row", _("Header row"), kind="number", span=(1, 10**6), looks=True),
        Question(
            "subtotals",
            _("Subtotal rows in the file"),
            kind="choice",
            options=SUBTOTALS,
            looks=True,
        ),
        Question(
            "hidden_rows",
            _("Hidden rows in the file"),
            kind="choice",
            initial="refuse",
            options=HIDDEN_ROWS,
            looks=True,
        ),
        Question(
            "decimal_mark",
            _("Decimal mark"),
            kind="choice",
            initial=".",
            options=DECIMAL_MARKS,
            looks=True,
        ),
        Question(
            "date_order",
            _("03/04/2025 means"),
            kind="choice",
            options=DATE_ORDERS,
            looks=True,
        ),
        Question("encoding", _("Encoding of text files"), options=ENCODINGS, most=40, looks=True),
        Question(
            "delimiter",
            _("Sign between the columns of text files"),
            kind="choice",
            options=DELIMITERS,
            looks=True,
        ),
        Question(
            "zone",
            _("Time zone of instants"),
            _("In which a moment becomes a day"),
            initial="Asia/Shanghai",
            options=ZONES,
            most=60,
            looks=True,
        ),
        Question("fill_down", _("Repeat merged cells downwards"), kind="flag", looks=True),
    ),
}
QUESTIONS: Final = {one.name: one for asked in GROUPS.values() for one in asked}
FOLDED: Final[dict[Group, Promise]] = {
    "measures": _("Further measures in the same plan"),
    "tree": _("Managers who sell: a hierarchy by superior"),
    "wishes": _("Fixed totals, agreed numbers, limits"),
    "history": _("How history counts"),
    "calendar": _("Fiscal year, working days"),
    "names": _("Which rows, which names"),
    "reading": _("How the files are written"),
}
PLAIN: Final = ("date", "amount", "sheet", "header_row")  # of "reading", always shown
WORDS: Final = {one.flag: one.label for one in QUESTIONS.values()} | {
    "seasonality": QUESTIONS["season"].label,
    "join": Role.JOIN.label,
    "weights": Role.WEIGHTS.label,
    "roster": Role.ROSTER.label,
    "potential": Role.POTENTIAL.label,
}
