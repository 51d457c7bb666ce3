"""The stages of an opportunity: what each needs to be known, and how likely it usually is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Stage:
    """``name`` is what the facts say; ``needs`` are the fields that must be known in it."""

    name: str
    word: _StrPromise
    probability: int
    needs: tuple[str, ...]


_ALWAYS: Final = ("name", "customer", "seat", "begun_on")
STAGES: Final = {
    one.name: one
    for one in (
        Stage("线索确认", _("Lead confirmed"), 10, _ALWAYS),
        Stage("需求确认", _("Need confirmed"), 25, (*_ALWAYS, "product")),
        Stage("方案报价", _("Proposal"), 50, (*_ALWAYS, "product", "amount", "expected_on")),
        Stage("商务谈判", _("Negotiation"), 75, (*_ALWAYS, "product", "amount", "expected_on")),
    )
}
REASONS: Final = {  # as the facts say it -> its words
    "产品与方案": _("Product and solution"),
    "价格": _("Price"),
    "客户关系": _("Customer relationship"),
    "交付与服务": _("Delivery and service"),
    "选择竞品": _("Chose a competitor"),
    "预算取消": _("Budget cancelled"),
    "项目延期": _("Project postponed"),
    "其他": _("Other"),
}


def stage_word(name: str) -> str:
    """What a stage is called on the page; one of another system as it is."""
    return str(STAGES[name].word) if name in STAGES else name


def reason_word(name: str) -> str:
    """What a reason is called on the page; one of another system as it is."""
    return str(REASONS.get(name, name))
