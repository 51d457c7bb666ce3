"""What is aimed at by class: of a market its growth or its first customers, of a product its role.

A core market grows with its market, so that the share is held; a growth market by so much more; a
blank one is told in new names (F12). A star is to grow, a cow to earn and to be paid, a question
mark to sell off its stock and to be renewed, a dog to cost nothing (F13).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from quotaloom.core.model.findings import Finding

    Figures = Mapping[str, Fraction]

TargetClass = Literal["core", "growth", "blank", "star", "cow", "question", "dog"]
NEEDED: Final[Mapping[TargetClass, tuple[str, ...]]] = {
    "core": ("base", "market"),
    "growth": ("base", "market", "more"),
    "blank": ("logos", "first_deal"),
    "star": ("base", "growth"),
    "cow": ("margin", "collected"),
    "question": ("stock", "cut", "iterations"),
    "dog": ("base", "growth"),
}
"""The figures of each class. Amounts are in 分, growths and cuts rates (1/10 is ten percent)."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A measure and what it is to reach, exactly: 分 of money, or pieces."""

    measure: str
    amount: Fraction


def class_aims(of: TargetClass, figures: Figures, *, subject: str = "") -> tuple[Aim, ...]:
    """The measures that the class is held to, and how much of each.

    Raises DataRefused for a figure that is missing, of another class, or out of its range: amounts
    and counts below 0, a growth market that does not outgrow its market, a star that does not grow,
    a dog that does, a cut outside 0–100 %.
    """
    refused = [
        error("class.figure_missing", subject, figure=name)
        for name in NEEDED[of]
        if name not in figures
    ]
    refused += [
        error("class.figure_foreign", subject, figure=name, needed="、".join(NEEDED[of]))
        for name in figures
        if name not in NEEDED[of]
    ]
    refused += [] if refused else _out_of_range(of, figures, subject)
    if refused:
        raise DataRefused(refused)
    return _aims(of, figures)


def _aims(of: TargetClass, given: Figures) -> tuple[Aim, ...]:
    match of:
        case "core":
            return (Aim("booked", given["base"] * (1 + given["market"])),)
        case "growth":
            return (Aim("booked", given["base"] * (1 + given["market"] + given["more"])),)
        case "blank":
            first = given["logos"] * given["first_deal"]
            return (Aim("new_customers", given["logos"]), Aim("booked", first))
        case "cow":
            return (Aim("margin", given["margin"]), Aim("collected", given["collected"]))
        case "question":
            left = given["stock"] * (1 - given["cut"])
            return (Aim("inventory", left), Aim("iterations", given["iterations"]))
        case _:
            return (Aim("booked", given["base"] * (1 + given["growth"])),)


def _out_of_range(of: TargetClass, given: Figures, subject: str) -> list[Finding]:
    """What a class cannot mean."""
    growth = given.get("growth", 0)
    wrong = {name: "≥ 0" for name in _AMOUNTS if given.get(name, 0) < 0}
    wrong |= {"market": "> -100 %"} if given.get("market", 0) <= -1 else {}
    wrong |= {"more": "> 0"} if of == "growth" and given["more"] <= 0 else {}
    wrong |= {"growth": "> 0"} if of == "star" and growth <= 0 else {}
    wrong |= {"growth": "-100 %–0"} if of == "dog" and not -1 <= growth <= 0 else {}
    wrong |= {"cut": "0–100 %"} if not 0 <= given.get("cut", 0) <= 1 else {}
    return [
        error("class.out_of_range", subject, figure=name, allowed=allowed)
        for name, allowed in wrong.items()
    ]


_AMOUNTS: Final = ("base", "logos", "first_deal", "margin", "collected", "stock", "iterations")
CLASSES: Final[tuple[TargetClass, ...]] = get_args(TargetClass)
