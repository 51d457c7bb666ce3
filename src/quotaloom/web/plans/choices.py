"""The answers that questions of a plan offer, each with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

    Choices = tuple[tuple[str, Promise | str], ...]

OWN: Final = "custom"  # answered in a field of its own
UNITS: Final[Choices] = (
    ("0.01", _("0.01 CNY")),
    ("1", _("1 CNY")),
    ("100", _("100 CNY")),
    ("1000", _("1,000 CNY")),
    ("10000", _("10,000 CNY")),
    ("100000", _("100,000 CNY")),
    (OWN, _("My own unit")),
)
TIMES: Final[Choices] = (
    ("month", _("Months")),
    ("quarter", _("Quarters")),
    ("half", _("Halves")),
    ("year", _("The year only")),
    ("week", _("Weeks")),
)
SEASONS: Final[Choices] = (
    ("history", _("As in past years")),
    ("equal", _("Even")),
    ("workdays", _("By working days")),
    (OWN, _("My own shares")),
)
PATTERNS: Final[Choices] = (
    ("", _("Calendar months")),
    ("4-4-5", "4-4-5"),
    ("4-5-4", "4-5-4"),
    ("5-4-4", "5-4-4"),
)
PARTIAL_YEARS: Final[Choices] = (
    ("complete", _("Complete them by the season")),
    ("leave_out", _("Leave out")),
)
ZERO: Final[Choices] = (
    ("equal", _("Open them where a wish needs it")),
    ("refuse", _("Refuse")),
)
NEGATIVE: Final[Choices] = (("refuse", _("Refuse")), ("zero", _("Count as zero")))
FESTIVALS: Final[Choices] = (
    ("block", _("One block, split by working days")),
    ("off", _("As they were")),
)
REPEATED: Final[Choices] = (("refuse", _("Refuse")), ("separate", _("Two members")))
SUBTOTALS: Final[Choices] = (
    ("", _("Ask me")),
    ("drop", _("Leave out")),
    ("refuse", _("Refuse")),
)
HIDDEN_ROWS: Final[Choices] = (
    ("refuse", _("Ask me")),
    ("read", _("Read them")),
    ("skip", _("Leave out")),
)
DECIMAL_MARKS: Final[Choices] = ((".", "1,234.56"), (",", "1.234,56"))
DATE_ORDERS: Final[Choices] = (
    ("", _("Ask me")),
    ("dmy", _("3 April")),
    ("mdy", _("4 March")),
)
DELIMITERS: Final[Choices] = (
    ("", _("Recognised")),
    (",", ","),
    (";", ";"),
    ("tab", _("Tab")),
    ("|", "|"),
)
ENCODINGS: Final[Choices] = tuple(
    (one, one) for one in ("utf-8", "gb18030", "utf-16", "big5", "shift_jis", "cp1252")
)
COUNTRIES: Final[Choices] = tuple((one, one) for one in ("CN", "HK", "TW", "SG", "JP", "US", "DE"))
ZONES: Final[Choices] = tuple(
    (one, one)
    for one in (
        "Asia/Shanghai",
        "Asia/Hong_Kong",
        "Asia/Tokyo",
        "Asia/Singapore",
        "Europe/Berlin",
        "America/New_York",
        "UTC",
    )
)
