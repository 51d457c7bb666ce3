"""What the workbench says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from quotaloom.report.held import with_rules
from quotaloom.report.wording import sentence
from quotaloom.web.desk.author import names_of
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding
    from quotaloom.web.desk.refusal import MetUnseen


def said(finding: Finding) -> str:
    """A finding in the language of the page."""
    return sentence(finding, language())


def refusal_words(findings: Iterable[Finding]) -> list[str]:
    """Findings in the language of the page, holds and bounds in words."""
    return [said(one) for one in with_rules(findings, language())]


def met_words(met: MetUnseen) -> list[dict[str, Any]]:
    """Who else wrote, when and what, for the choice between mine and theirs."""
    names = names_of(one.author for one in met.met)
    return [
        {
            "seq": one.seq,
            "who": names.get(one.author, ""),
            "when": timezone.localtime(one.time).strftime("%Y-%m-%d %H:%M"),
            "what": one.what or _("An edit that reaches beyond your scope"),
            "cells": one.cells,
        }
        for one in met.met
    ]


def labels() -> dict[str, Any]:
    """The words that the workbench's script needs."""
    return _holds() | {
        "will": _("Will change {text}"),
        "done": _("Changed {text} in {ms} ms"),
        "saved": _("Saved in {ms} ms"),
        "step": _("{name} {period}: {before} → {after} ({full})"),
        "locked": _("This figure is not yours to change: part of it lies outside your scope."),
        "elapsed": _("This period is over; its figures are locked."),
        "failed": _("The server did not answer. Nothing was changed; try again."),
        "hold": _("Hold {name} {period}"),
        "member": _("Change of {name}"),
        "bound": _("Lowest and highest of {name} {period}"),
        "layers": _("Layers of {name} {period}"),
        "bound_now": _("Now {now} {unit}"),
        "at_least": _("At least {low}"),
        "at_most": _("At most {high}"),
        "met": _("{who} changed this on {when} ({cells} cells):"),
        "ways": _ways(),
        "position": _("Edit no. {position}"),
        "paste": _("Paste {count} figures"),
        "fill": _("Fill {count} figures"),
        "clear": _("Set {count} figures to 0"),
        "again": _("Spread {name} again"),
        "point": _("State of {time}"),
        "suggested": _("Suggested"),
        "no_suggestion": _("There is no past figure here that a suggestion could follow."),
        "use_keys": _("This browser keeps its clipboard from the page: press Ctrl+V."),
        "looking": _("Looking at what this would do …"),
        "sums": _("Together {before} → {after} {unit}"),
        "far_off": _("What stands there adds up to {there} {unit}; what you paste is far from it."),
        "as_unit": _("{word}: together {sum} {unit}"),
        "agrees": _("✓ {count} totals shown are the sums of their parts"),
        "gap": _("A total differs from its parts by {gap} {unit}"),
        "typing": _("Type a figure: 350, 1.2亿, +10%, -5%, +200"),
    }


def _holds() -> dict[str, str]:
    """What is said of holds."""
    return {
        "held": _("Held by {owner}: {reason}"),
        "held_until": _("Held by {owner} until {until} (exclusive): {reason}"),
        "keep": _("Hold"),
        "let_go": _("Release"),
        "release": _("Release the hold of {owner}?"),
    }


def _ways() -> dict[str, str]:
    """The heads of the table that compares two edits."""
    return {
        "figure": _("Figure"),
        "was": _("You saw"),
        "theirs": _("Theirs, now"),
        "mine": _("Mine over it"),
        "add": _("Both changes"),
        "rest": _("Mine elsewhere"),
    }


def keys() -> list[tuple[str, str]]:
    """The workbench's own keys, for the sheet of keys."""
    return [
        ("Enter", _("Edit the selected figure")),
        ("Ctrl C", _("Copy the selected figures for a spreadsheet")),
        ("Ctrl V", _("Paste figures of a spreadsheet")),
        ("Ctrl D", _("Fill down")),
        ("Ctrl R", _("Fill right")),
        ("A", _("Take the suggested figure")),
        ("S", _("Spread again")),
        ("Shift F10", _("What can be done here")),
        ("Delete", _("Set the selected figures to 0")),
        ("Ctrl Z", _("Undo")),
        ("Ctrl Y", _("Redo")),
        ("Ctrl S", _("Save point")),
        ("L", _("Hold or release")),
        ("B", _("Lowest and highest")),
        ("C", _("Change the member")),
        ("R", _("Bring layers together")),
        ("H", _("History")),
        ("M", _("Comments")),
    ]
