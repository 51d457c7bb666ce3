"""Search for the command palette: apps say how they find, each within the scope of the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from quotaloom.web.ui.initials import initials
from quotaloom.web.ui.policy import SIGNED_IN, policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    Finder = Callable[[Any, "Words"], Iterable["Hit"]]  # a user, of whom this floor knows nothing

FINDERS: Final[list[Finder]] = []  # apps add theirs at start
MOST_HITS, LONGEST = 20, 100
CODE, BEGINS, WITHIN, INITIALS, LETTERS_WITHIN = range(5)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody types, in lower case and without blanks around it."""

    text: str

    @property
    def is_latin(self) -> bool:
        """Whether it may be initials of pinyin."""
        return self.text.isascii()

    def rank(self, name: str, code: str = "") -> int | None:
        """How well a thing of this name and code fits, 0 best; None: not at all."""
        name, code = name.lower(), code.lower()
        if code and self.text == code:
            return CODE
        if name.startswith(self.text) or (code and code.startswith(self.text)):
            return BEGINS
        if self.text in name or self.text in code:
            return WITHIN
        return self._by_initials(initials(name)) if self.is_latin else None

    def _by_initials(self, letters: str) -> int | None:
        if letters.startswith(self.text):
            return INITIALS
        return LETTERS_WITHIN if self.text in letters else None


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that fits: how well, its name, what else tells it apart, its icon and its page."""

    rank: int
    word: str
    told: str | Promise
    icon: str
    url: str


def found(user: object, text: str) -> list[Hit]:
    """Everything that fits and that the user may see, the best first."""
    words = Words(text.replace("\0", "").strip().lower()[:LONGEST])
    hits = [hit for finder in FINDERS for hit in finder(user, words)] if words.text else []
    return sorted(hits, key=lambda hit: (hit.rank, len(hit.word), hit.word, hit.url))


@policy(SIGNED_IN)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The rows of the palette for a text, and how many more there are."""
    hits = found(request.user, request.GET.get("text", ""))
    more = len(hits) - MOST_HITS
    said = ngettext("%(count)d more: type on.", "%(count)d more: type on.", more) % {"count": more}
    rows = render_to_string("ui/_hits.html", {"hits": hits[:MOST_HITS]}, request)
    return JsonResponse({"rows": rows, "more": said if more > 0 else ""})
