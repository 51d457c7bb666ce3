"""What a page of the reconciliation is asked for, and what its reader sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.period_labels import parse_period
from quotaloom.cycle.books.request import BILLS, BYS, YEARS, BooksRequest
from quotaloom.cycle.books.verb import books
from quotaloom.web.cockpit.asked import FIRST_DAY, LAST_DAY, calendar
from quotaloom.web.cockpit.places import places_of
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.plans.sight import READ

if TYPE_CHECKING:
    import polars as pl

    from quotaloom.cycle.books.places import Places
    from quotaloom.cycle.books.verb import Books
    from quotaloom.web.accounts.models import User
    from quotaloom.web.accounts.request import Request


def books_asked(request: Request) -> BooksRequest:
    """The address read. Http404 for a period that is none, or outside the years of the pages."""
    own, get = calendar(), request.GET.get
    year = own.year_of(timezone.localdate())
    try:
        span = parse_period(get("period") or str(year), own, year)
    except QuotaLoomError as unknown:
        raise Http404 from unknown
    if not FIRST_DAY.year <= span.year <= LAST_DAY.year:
        raise Http404
    by, bills, years = get("by", ""), get("bills", ""), get("years", "")
    return BooksRequest(
        period=span.label,
        by=next((one for one in BYS if one == by), ""),
        region=get("region", "").strip(),
        contract=get("contract", "").strip(),
        bills=next((one for one in BILLS if one == bills), BILLS[0]),
        years=next((one for one in YEARS if one == years), YEARS[0]),
        internal=get("internal") == "yes",
        fiscal_start=own.start_month,
        cutoff_day=own.cutoff_day,
    )


def books_found(request: Request, asked: BooksRequest, *permissions: str) -> Books:
    """The bridge of what the user sees by these permissions. Raises as ``books`` does."""
    return books(facts_shelf(), asked, places_of(request.user, READ, *permissions))


def reach(user: User, *permissions: str) -> Places | None:
    """The organisation with what the user may reconcile by these permissions; None for nothing."""
    try:
        return places_of(user, READ, *permissions)
    except Http404:
        return None


def plain_rows(lines: pl.DataFrame) -> list[dict[str, Any]]:
    """Postings under names that a template can ask for."""
    return lines.rename(lambda name: name.removeprefix("§")).to_dicts()
