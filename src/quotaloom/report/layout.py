"""What a check must know of a file: written into it as text, read back without trust."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from quotaloom.report.cube import cube_of
from quotaloom.report.wish import Wish, tied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.report.cube import Cube

FORMAT: Final = 1
MARK: Final = "quotaloom"
CHUNK: Final = 30_000  # characters; a cell holds 32,767
LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A tree sheet: ``tree`` is the place of its hierarchy, -1 for the first with combinations."""

    title: str
    kind: Literal["breakdown", "dimension", "member"]
    tree: int = -1
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Amounts in 分. ``lines`` counts the leaf lines of the breakdown."""

    lang: Literal["zh", "en"]
    total: int
    unit: int
    lines: int
    hierarchies: tuple[tuple[str, tuple[str, ...]], ...]
    label_of: Mapping[str, str]
    periods: tuple[str, ...]
    rollups: Mapping[str, tuple[str, ...]]
    overview: str = ""
    sheets: tuple[SheetPlace, ...] = ()
    wishes: tuple[Wish, ...] = ()

    @property
    def breakdown(self) -> SheetPlace | None:
        """The sheet with the leaf cells."""
        return next((sheet for sheet in self.sheets if sheet.kind == "breakdown"), None)

    def dumps(self) -> str:
        """As JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False)

    def chunks(self) -> list[tuple[str, str]]:
        """As pairs of a marker and a part that fits into a cell."""
        text = self.dumps()
        parts = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
        return [(f"{MARK}:{number}", part) for number, part in enumerate(parts, 1)]


def layout_of(
    decomposition: Decomposition,
    lang: Literal["zh", "en"],
    lines: int,
    *,
    cube: Cube | None = None,
) -> Layout:
    """What a check must know of a decomposition, before it has any sheets."""
    margins = decomposition.margins
    whole = cube or (cube_of(decomposition) if margins else None)
    return Layout(
        lang=lang,
        total=decomposition.total,
        unit=decomposition.unit,
        lines=lines,
        hierarchies=decomposition.hierarchies,
        label_of=decomposition.label_of,
        periods=tuple(period.label for period in decomposition.periods),
        rollups=decomposition.rollups,
        wishes=tuple(tied(margin, whole, decomposition) for margin in margins) if whole else (),
    )


def from_chunks(cells: Iterable[tuple[str, str]]) -> Layout | None:
    """The layout from the pairs found in a file; None where they are missing or changed."""
    found: dict[int, str] = {}
    for mark, part in cells:
        name, _, number = mark.partition(":")
        if name == MARK and number.isascii() and number.isdecimal() and len(number) < 6:
            found[int(number)] = part
    return loads("".join(found[number] for number in sorted(found)))


def loads(text: str) -> Layout | None:
    """The layout from its JSON; None where that is not one of ours."""
    try:
        return _layout(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError):
        return None


def _layout(read: Any) -> Layout:  # noqa: ANN401 - parsed JSON of unknown shape, checked here
    if read["format"] != FORMAT or read["lang"] not in {"zh", "en"}:
        raise ValueError
    hierarchies = tuple((_text(name), _texts(levels)) for name, levels in read["hierarchies"])
    return Layout(
        lang=read["lang"],
        total=_whole(read["total"]),
        unit=max(1, _whole(read["unit"])),
        lines=_whole(read["lines"]),
        hierarchies=hierarchies,
        label_of={_text(code): _text(name) for code, name in read["label_of"].items()},
        periods=_periods(read["periods"]),
        rollups={_text(leaf): _texts(wider) for leaf, wider in read["rollups"].items()},
        overview=_text(read["overview"]),
        sheets=tuple(_place(one, len(hierarchies)) for one in read["sheets"]),
        wishes=tuple(_wish(one) for one in read["wishes"]),
    )


def _place(read: dict[str, Any], trees: int) -> SheetPlace:
    kind, tree = read["kind"], _whole(read["tree"])
    first = 0 if kind == "dimension" else -1
    if kind not in {"breakdown", "dimension", "member"} or tree not in range(first, trees):
        raise ValueError
    return SheetPlace(_text(read["title"]), kind, tree, read["is_cut"] is True)


def _wish(read: dict[str, Any]) -> Wish:
    if read["kind"] not in {"fix", "hold", "bound"}:
        raise ValueError
    return Wish(
        text=_text(read["text"]),
        kind=read["kind"],
        low=None if read["low"] is None else _whole(read["low"]),
        high=None if read["high"] is None else _whole(read["high"]),
        where=tuple((_text(header), _text(member)) for header, member in read["where"]),
        period=_text(read["period"]),
        is_found=read["is_found"] is True,
    )


def _periods(read: object) -> tuple[str, ...]:
    labels = _texts(read)
    if not labels or len(set(labels)) < len(labels):
        raise ValueError
    return labels


def _texts(read: object) -> tuple[str, ...]:
    return tuple(_text(one) for one in cast("list[object]", read))


def _text(read: object) -> str:
    if not isinstance(read, str):
        raise TypeError
    return read


def _whole(read: object) -> int:
    if not isinstance(read, int) or isinstance(read, bool) or abs(read) > LARGEST:
        raise TypeError
    return read
