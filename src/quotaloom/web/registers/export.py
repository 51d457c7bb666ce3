"""The list of opportunities as a file: what the page shows, all pages of it, in its unit."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from quotaloom.report.list_file import Head, ListBook, write_list_csv, write_list_xlsx
from quotaloom.web.registers.field import FIELDS
from quotaloom.web.registers.models import Outcome
from quotaloom.web.registers.stage import stage_word
from quotaloom.web.ui.attachment import sent
from quotaloom.web.ui.templatetags.ql import language

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

    from quotaloom.report.list_file import Value
    from quotaloom.web.registers.models import Opportunity
    from quotaloom.web.registers.selectors import Wanted
    from quotaloom.web.ui.unit import Unit

WRITERS: Final = {"xlsx": write_list_xlsx, "csv": write_list_csv}


def list_sent(
    rows: QuerySet[Opportunity], wanted: Wanted, unit: Unit, suffix: str
) -> HttpResponseBase:
    """The rows as a download."""
    title = _("Opportunities")
    lines = [_line(one) for one in rows.iterator(2000)]
    size, decimals = unit.size, unit.decimals
    book = ListBook(title, _heads(unit), lines, size, decimals, _("About"), _stamps(wanted, lines))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"list.{suffix}")
        WRITERS[suffix](book, path)
        return sent(path, f"{title} {timezone.localdate()}.{suffix}")


def _heads(unit: Unit) -> list[Head]:
    word = unit.zh if language() == "zh" else unit.en
    amount = _("%(word)s (%(unit)s)") % {"word": FIELDS["amount"], "unit": word}
    texts = ("customer", "person", "stage", "outcome")
    return [
        Head(_("Opportunity")),
        Head(_("Number")),
        *(Head(str(FIELDS[name])) for name in texts),
        Head(amount, "money"),
        Head(str(FIELDS["probability"]), "share"),
        Head(str(FIELDS["expected_on"]), "day"),
        Head(_("Updated"), "moment"),
        Head(str(FIELDS["master"])),
    ]


def _line(one: Opportunity) -> tuple[Value, ...]:
    return (
        *(one.name, one.number, one.customer, one.person, str(stage_word(one.stage))),
        str(Outcome(one.outcome).label),
        *(one.amount, one.probability, one.expected_on),
        timezone.localtime(one.updated_at).replace(tzinfo=None),
        one.master or _("This register"),
    )


def _stamps(wanted: Wanted, lines: list[tuple[Value, ...]]) -> list[tuple[str, str]]:
    """What the list was asked for, and when."""
    outcome = str(Outcome(wanted.outcome).label) if wanted.outcome else _("All")
    return [
        (_("Rows"), f"{len(lines):,}"),
        (_("Number, name, customer or person"), wanted.text or "—"),
        (_("Stage"), str(stage_word(wanted.stage)) or _("All")),
        (_("Outcome"), outcome),
        (_("Downloaded at"), timezone.localtime().strftime("%Y-%m-%d %H:%M")),
    ]
