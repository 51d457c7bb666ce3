"""What a measure is called, and in which unit a page shows its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from quotaloom.core.allocation.journal.plan import RATE
from quotaloom.cycle.plan.catalogue import known
from quotaloom.report.measure_word import counted_in
from quotaloom.web.org.roles import MEASURES
from quotaloom.web.plans.sight import READ, scopes_of
from quotaloom.web.ui.frame import chosen_unit
from quotaloom.web.ui.templatetags.ql import language
from quotaloom.web.ui.unit import UNITS, Unit, in_full, shown

if TYPE_CHECKING:
    from quotaloom.core.allocation.journal.plan import PlanMeasure
    from quotaloom.web.accounts.models import User
    from quotaloom.web.accounts.request import Request
    from quotaloom.web.plans.models import Plan
    from quotaloom.web.plans.selectors import Seen
    from quotaloom.web.plans.store import Figures

PERCENT: Final = Unit("percent", RATE // 100, 2, "%", "%")
LAYERS: Final = {
    "issued": _("Issued"),
    "submitted": _("Submitted"),
    "proposed": _("Proposed"),
    "agreed": _("Agreed"),
}


def unit_of(measure: PlanMeasure, page: Unit) -> Unit:
    """The unit of a measure's figures: money in the page's own, rates in %, the rest as counted.

    Its size is in what the figures are kept in: 分, millionths, pieces.
    """
    if measure.kind == "ratio":
        return PERCENT
    if measure.is_money:
        return page
    word = measure.counted_in
    return Unit("count", 1, 0, word, counted_in(word, 1))


def measure_words(measure: PlanMeasure) -> str:
    """What people call it: as grants do, else by its own name."""
    if measure.code in MEASURES:
        return str(MEASURES[measure.code])
    named = measure.name if language() == "zh" else measure.name_en
    return named or measure.name or measure.code


def layer_words(layer: str) -> str:
    """What people call a layer of the house; others bear their own names."""
    return str(LAYERS.get(layer, layer))


def counted(request: Request, measure: PlanMeasure) -> dict[str, object]:
    """The unit of what is shown, for the context of a page: nothing where it is the page's own."""
    unit = unit_of(measure, UNITS[chosen_unit(request)])
    if unit.code in UNITS:
        return {}
    return {"unit": unit, "counted": unit, "unit_word": unit_word(unit)}


def shows_offered(user: User, seen: Seen) -> dict[str, list[tuple[str, str]]]:
    """The measures and the layers to choose from, as addresses say them, with their words.

    The plan's own measure and the first layer need not be said.
    """
    own = seen.plan.measure
    return {
        "measures": [
            ("" if one.code == own else one.code, measure_words(one))
            for one in measures_open(user, seen)
        ],
        "layers": layers_offered(seen.figures),
    }


def layers_offered(figures: Figures) -> list[tuple[str, str]]:
    """The layers to choose from, as addresses say them, with their words."""
    layers = layers_of(figures)
    return [("" if one == layers[0] else one, layer_words(one)) for one in layers]


def measures_open(user: User, seen: Seen) -> list[PlanMeasure]:
    """The measures of a plan of which the user may read anything, the plan's own first."""
    plan, living = seen.plan, seen.figures.living
    every = living.measures.values() if living else map(known, (plan.measure, *plan.also))
    return [one for one in every if _may_read(user, plan, one.code)]


def layers_of(figures: Figures) -> list[str]:
    """The layers of a plan, the first one first."""
    living = figures.living
    return list(living.layers if living else LAYERS)


def shown_words(figures: Figures) -> str:
    """What the figures are: their measure, and their layer where it is not the first."""
    return named(figures.measure, figures.key[1], layers_of(figures)[0])


def named(measure: PlanMeasure, layer: str, first: str) -> str:
    """A measure in a layer, which is not said where it is the first one."""
    told = measure_words(measure)
    return told if layer == first else f"{told} · {layer_words(layer)}"


def _may_read(user: User, plan: Plan, code: str) -> bool:
    return not any(one.is_empty for one in scopes_of(user, plan, code, READ))


def unit_word(unit: Unit) -> str:
    """The word of a unit in the language of the page."""
    return unit.zh if language() == "zh" else unit.en


def full_words(amount: int | None, unit: Unit) -> str:
    """A figure to its last digit, with its unit; a dash for none."""
    if amount is None:
        return "—"
    figure = in_full(amount) if unit.code in UNITS else shown(amount, unit)
    return f"{figure} {unit_word(unit)}"
