"""Names cleaned of what nobody sees, one at a time or a column at once, with equal results."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.names import clean_name
from quotaloom.warehouse.intake.place import VALUE_SHOWN

if TYPE_CHECKING:
    import polars as pl

_UNSEEN: Final = (
    r"[\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{2060}\u{feff}\u{202a}-\u{202e}\u{2066}-\u{2069}]"
)
_CLEAN: Final = r"^[!-~](?:[ -~]*[!-~])?$"  # ASCII without spaces at its ends
_BLANKS: Final = r"[\n\r\t\u{a0}\u{3000}]"
_PYTHON_BLANKS: Final = str.maketrans(dict.fromkeys("\n\r\t\u00a0\u3000", " "))


def clean(text: str) -> str:
    """A name in NFC, without unseen signs, with plain spaces and none of them at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", clean_name(text))
    return composed.translate(_PYTHON_BLANKS).strip()


def cleaned(texts: pl.Series) -> pl.Series:
    """Each text of a String column as ``clean`` gives it."""
    if texts.str.contains(_CLEAN).all():
        return texts
    seen = texts.str.replace_all(_UNSEEN, "").str.normalize("NFC")
    return seen.str.replace_all(_BLANKS, " ").str.strip_chars()


def folded(names: pl.Series) -> pl.Series:
    """Names without width, case, spaces and leading zeros: equal for those that look alike."""
    wide = names.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s+", "")
    return wide.str.replace(r"^0+([0-9]+)$", "$1")


def visible(text: str) -> str:
    """A text with its unseen signs written out, for a message that is about them."""
    shown = text[:VALUE_SHOWN] + ("…" if len(text) > VALUE_SHOWN else "")
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in shown)
