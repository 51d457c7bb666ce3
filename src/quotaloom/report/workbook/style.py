"""How cells look: colours that everybody can tell apart, fonts, number formats and widths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from quotaloom.report.numbers import Display
    from quotaloom.report.wording import Lang

INK: Final = "#1F2937"
FAINT: Final = "#6B7280"
NAVY: Final = "#1F3864"
BLUE: Final = "#0072B2"  # of the Okabe-Ito palette, which colour-blind readers tell apart
ORANGE: Final = "#E69F00"
INPUT: Final = "#0B5CAD"
LINE: Final = "#D5DBE5"
BANDS: Final = {"total": "#C9D7EC", "top": "#E3EBF6", "node": "#F3F6FB", "leaf": "#FFFFFF"}
FONTS: Final = {"zh": "Microsoft YaHei", "en": "Calibri"}
RATE: Final = "0.0%"
RISE: Final = '"▲ "0.0%;"▼ "0.0%;0.0%'
WIDEST: Final = 46


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook, lang: Lang, display: Display) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._font = {"font_name": FONTS[lang], "font_size": 10, "font_color": INK}
        self.amount_format = display.number_format

    def make(self, **wanted: object) -> Format:
        """A format of the house font with these properties."""
        key = tuple(sorted(wanted.items(), key=lambda item: item[0]))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(
                {**self._font, "valign": "vcenter", **wanted}
            )
        return self._made[key]

    def title(self) -> Format:
        """The first line of a sheet."""
        return self.make(font_size=15, bold=True, font_color=NAVY)

    def section(self) -> Format:
        """The line above a table."""
        return self.make(font_size=11, bold=True, font_color=NAVY)

    def note(self) -> Format:
        """A remark."""
        return self.make(font_color=FAINT, font_size=9)

    def header(self, *, right: bool = False) -> Format:
        """A column's header, over numbers at the right."""
        return self.make(
            bold=True,
            font_color="#FFFFFF",
            bg_color=NAVY,
            align="right" if right else "left",
            border=1,
            border_color=LINE,
        )

    def cell(self, band: str, **wanted: object) -> Format:
        """A cell in the colour of its band: total, top, node or leaf."""
        look: dict[str, Any] = {"bg_color": BANDS[band]} if band != "leaf" else {}
        bold = {"bold": True} if band in {"total", "top"} else {}
        return self.make(**{**look, **bold, "border": 1, "border_color": LINE, **wanted})

    def amount(self, band: str, *, entry: bool = False, total: bool = False) -> Format:
        """An amount; ``entry`` may be edited, ``total`` is a wider period's column."""
        colour = {"font_color": INPUT} if entry else {}
        shade = {"bg_color": BANDS["node"]} if total and band == "leaf" else {}
        return self.cell(band, num_format=self.amount_format, align="right", **{**colour, **shade})

    def text(self, band: str, indent: int = 0) -> Format:
        """A text cell."""
        return self.cell(band, indent=min(indent, 15)) if indent else self.cell(band)

    def rate(self, band: str, number_format: str = RATE) -> Format:
        """A share or a growth."""
        return self.cell(band, num_format=number_format, align="right")

    def count(self, band: str = "leaf") -> Format:
        """A number of things."""
        return self.cell(band, num_format="#,##0", align="right")


def text_width(text: str) -> int:
    """Columns of a terminal or of a sheet: wide East Asian signs take two."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def fitting(texts: Iterable[str], least: int = 8, most: int = WIDEST) -> int:
    """A column width for these texts."""
    return min(most, max(least, 2 + max(map(text_width, texts), default=0)))
