"""What the picker of methods offers, each with one line that tells what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from quotaloom.core.allocation.journal.method import PHASED
from quotaloom.cycle.plan.begin import BASIS
from quotaloom.cycle.plan.potential import POTENTIAL
from quotaloom.web.desk.method import NEEDS, OWN, REFERENCES
from quotaloom.web.plans.counted import layer_words, layers_of

if TYPE_CHECKING:
    from quotaloom.web.desk.hand import Hand


@dataclass(frozen=True, slots=True)
class Choice:
    """One method: its identifier, its name, what it does, and the fields that it reads."""

    name: str
    words: str
    says: str
    needs: str

    @property
    def is_phased(self) -> bool:
        """Whether it first cuts the figure over periods, or over members."""
        return self.name in PHASED


def picker(hand: Hand) -> dict[str, object]:
    """All that the page's picker shows."""
    return {
        "methods": methods(),
        "operations": operations(),
        "scopes": scopes(),
        "on_zero": on_zero(),
        "bases": bases(hand),
        "basis_fields": REFERENCES,
        "every_layer": [(one, layer_words(one)) for one in layers_of(hand.seen.figures)],
        "layer_shown": layer_words(hand.seen.figures.key[1]),
    }


def methods() -> list[Choice]:
    """The methods in the order of the picker."""
    told = _sharing() | _phasing() | _filling()
    return [Choice(name, *told[name], " ".join(needs)) for name, needs in NEEDS.items()]


def _sharing() -> dict[str, tuple[str, str]]:
    return {
        "proportional": (
            _("In proportion to the present figures"),
            _("Every cell keeps its part of the total; empty cells stay empty."),
        ),
        "equal": (_("Evenly"), _("Every cell gets the same, whatever it holds now.")),
        "by_reference": (
            _("As other figures are"),
            _("Cells share the total out as the figures you name do."),
        ),
        "blend": (
            _("As a mix of two"),
            _("Cells share the total out by a weighted mix of two sets of figures."),
        ),
    }


def _phasing() -> dict[str, tuple[str, str]]:
    return {
        "by_weights": (
            _("By typed weights"),
            _("The total is cut by weights, one a period or a member; below that in proportion."),
        ),
        "seasonal": (
            _("By a season"),
            _("The total is cut over time by shares such as 15, 20, 30, 35; inside in proportion."),
        ),
        "pattern": (
            _("By a pattern"),
            _("Weights such as 4-4-5 are repeated over the periods; or all to the first or last."),
        ),
    }


def _filling() -> dict[str, tuple[str, str]]:
    return {
        "growth": (
            _("Growing from the figure"),
            _("The first period gets the figure, each next one so much more than the one before."),
        ),
        "straight_line": (
            _("In a straight line"),
            _("The first period gets the figure, the last one its end, the others lie between."),
        ),
        "repeat": (_("The figure in every cell"), _("Every cell below gets the figure itself.")),
        "percent": (
            _("A percentage of each cell"),
            _("Every cell becomes so many percent of what it holds; press “Spread again”."),
        ),
    }


def operations() -> list[tuple[str, str]]:
    """What is done with the figure."""
    return [
        ("replace", _("Put in place")),
        ("add", _("Add to it")),
        ("subtract", _("Take from it")),
    ]


def scopes() -> list[tuple[str, str]]:
    """Which cells take part."""
    return [("all", _("All cells")), ("populated", _("Only cells that hold a figure"))]


def on_zero() -> list[tuple[str, str]]:
    """What is done where all the figures that are followed are 0."""
    return [("equal", _("Evenly where all is 0")), ("refuse", _("Refuse where all is 0"))]


def axes_of(hand: Hand) -> list[str]:
    """The axes as edits name them; those of a plan that nobody edited are named as it begins."""
    living = hand.seen.figures.living
    if living:
        return [axis.name for axis in living.axes]
    return [levels[0] for _, levels in hand.seen.pivot.hierarchies]


def bases(hand: Hand) -> list[tuple[str, str]]:
    """The figures that may be followed: read-only ones, layers that hold any, a slice."""
    living = hand.seen.figures.living
    given = () if hand.seen.pivot.potential is None else (POTENTIAL,)
    names = tuple(living.references) if living else (BASIS, *given)
    code, shown = hand.seen.figures.key
    layers = {layer for measure, layer in living.columns if measure == code} if living else set()
    called = {BASIS: _("Past figures"), POTENTIAL: _("Potential")}
    found = [(name, called.get(name, name)) for name in names]
    if living:
        others = [layer for layer in living.layers if layer in layers - {shown}]
        words = {layer: layer_words(layer) for layer in others}
        found += [(f"layer:{one}", _("Layer {layer}").format(layer=words[one])) for one in others]
    return [*found, (OWN, _("Other figures of the plan …"))]
