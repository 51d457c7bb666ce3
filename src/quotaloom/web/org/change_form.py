"""Forms of the dated verbs: what is asked for each, and the wish that comes of it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from quotaloom.web.org.models import Kind, Person, Tree
from quotaloom.web.org.wish import Close, Leave, Merge, Move, Occupy, Open, Rename, Split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from quotaloom.web.org.book import Book
    from quotaloom.web.org.look import Look
    from quotaloom.web.org.wish import Wish

    Label = str | _StrPromise

STAFF: Final = uuid.UUID(
    "6f8f9d2e-6f0b-4b53-9f53-6d1f0f3f9a10"
)  # names people that are not there yet
LATER = (
    ("refuse", _("Ask me")),
    ("keep", _("The change ends where the next one begins")),
    ("replace", _("Drop what was planned for later")),
)


class ChangeForm(forms.Form):
    """What every verb asks: from which day, and what of rows that begin later."""

    verb = ""
    day = forms.DateField(
        label=_("Effective from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, look: Look, book: Book, code: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.look, self.book, self.code = look, book, code
        self.fields["day"].initial = look.on
        self.prepare()
        self.fields["later"] = forms.ChoiceField(
            label=_("Where a later change is planned already"), choices=LATER, required=False
        )

    def prepare(self) -> None:
        """Fill what depends on the member."""

    def wish(self) -> Wish:
        """What is asked, once the form is valid."""
        raise NotImplementedError

    @property
    def later(self) -> Any:  # noqa: ANN401 - one of LATER
        """How rows that begin later are met."""
        return self.cleaned_data["later"] or "refuse"

    def choose(self, name: str, label: Label, codes: Iterable[str], *, top: bool = False) -> None:
        """Add a choice of members, by name and code; ``top`` offers none as well."""
        shown: list[tuple[str, Label]] = [("", _("At the top"))] if top else []
        shown += [(code, self.book.label(code, self.look.on)) for code in codes]
        self.fields[name] = forms.ChoiceField(label=label, choices=shown, required=not top)

    def units(self) -> list[str]:
        """Units that are open on the day looked at, without the member itself."""
        lives = self.book.lives.items()
        found = [c for c, life in lives if life.kind == Kind.UNIT and life.span.holds(self.look.on)]
        return sorted(code for code in found if code != self.code)


class OpenForm(ChangeForm):
    """A new member."""

    verb = "open"
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    new_code = forms.CharField(
        label=_("Member code"), max_length=64, help_text=_("Never changes and is never used again.")
    )
    name = forms.CharField(label=_("Member name"), max_length=200)
    grade = forms.CharField(label=_("Grade"), max_length=40, required=False)

    def prepare(self) -> None:
        """The parent: the member one came from."""
        above = [self.code] if self.code else []
        self.choose("parent", _("Parent"), [*above, *self.units()], top=True)
        self.fields["parent"].initial = self.code

    def wish(self) -> Wish:
        """The new member in the tree looked at."""
        told = self.cleaned_data
        tree = self.look.tree.code if self.look.tree else ""
        parents = {tree: told["parent"] or None}
        return Open(told["new_code"].strip(), told["kind"], told["name"], told["grade"], parents)


class CloseForm(ChangeForm):
    """The end of a member."""

    verb = "close"

    def wish(self) -> Wish:
        """The end."""
        return Close(self.code)


class MoveForm(ChangeForm):
    """Another parent, in a tree."""

    verb = "move"

    def prepare(self) -> None:
        """The tree and the parent."""
        trees = Tree.objects.filter(axis=self.look.axis).order_by("-is_primary", "code")
        choices = [(tree.code, str(tree)) for tree in trees]
        first = self.look.tree.code if self.look.tree else None
        self.fields["tree"] = forms.ChoiceField(label=_("Roll-up"), choices=choices, initial=first)
        self.choose("parent", _("New parent"), self.units(), top=True)

    def wish(self) -> Wish:
        """The move."""
        return Move(self.code, self.cleaned_data["tree"], self.cleaned_data["parent"] or None)


class RenameForm(ChangeForm):
    """Another name or grade."""

    verb = "rename"
    name = forms.CharField(label=_("Member name"), max_length=200)
    grade = forms.CharField(label=_("Grade"), max_length=40, required=False)

    def prepare(self) -> None:
        """What it is called on the day."""
        spell = self.book.on(("name", self.code), self.look.on)
        if spell and isinstance(spell.value, tuple):
            self.fields["name"].initial, self.fields["grade"].initial = spell.value

    def wish(self) -> Wish:
        """The new name."""
        return Rename(self.code, self.cleaned_data["name"], self.cleaned_data["grade"])


PARTS = (("1", _("First part")), ("2", _("Second part")))


class SplitForm(ChangeForm):
    """Two parts of one member; the first may be the member itself."""

    verb = "split"
    code_1 = forms.CharField(
        label=_("Code of the first part"),
        max_length=64,
        help_text=_("The member's own code: it goes on as this part."),
    )
    name_1 = forms.CharField(label=_("Name of the first part"), max_length=200)
    code_2 = forms.CharField(label=_("Code of the second part"), max_length=64)
    name_2 = forms.CharField(label=_("Name of the second part"), max_length=200)

    def prepare(self) -> None:
        """A choice for each child and each holder."""
        self.fields["code_1"].initial = self.code
        self.fields["name_1"].initial = _name(self.book, self.code, self.look)
        children = sorted({key[2] for key in self.book.children().get(self.code, [])})
        for child in children:
            self._part(f"child:{child}", self.book.label(child, self.look.on))
        for person in self.book.holders(self.code):
            self._part(f"person:{person}", self.book.people.get(person, person))

    def _part(self, name: str, label: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=PARTS, initial="1")

    def wish(self) -> Wish:
        """The parts, and who goes to which."""
        told = self.cleaned_data
        codes = {"1": told["code_1"].strip(), "2": told["code_2"].strip()}
        given = [(name.partition(":"), value) for name, value in told.items() if ":" in name]
        chosen: dict[str, dict[str, str]] = {"child": {}, "person": {}}
        for (kind, _colon, key), value in given:
            chosen[kind][key] = codes[value]
        parts = ((codes["1"], told["name_1"]), (codes["2"], told["name_2"]))
        return Split(self.code, parts, chosen["child"], chosen["person"])


class MergeForm(ChangeForm):
    """The member goes into another."""

    verb = "merge"

    def prepare(self) -> None:
        """Members of the same kind, and who of the holders stays."""
        life = self.book.lives[self.code]
        others = sorted(
            code
            for code, one in self.book.lives.items()
            if one.kind == life.kind and one.span.holds(self.look.on) and code != self.code
        )
        self.choose("into", _("Merge into"), others)
        people = [(one, self.book.people.get(one, one)) for one in self.book.holders(self.code)]
        if people:
            self.fields["stay"] = forms.MultipleChoiceField(
                label=_("Who goes along"),
                choices=people,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def wish(self) -> Wish:
        """The merger."""
        stay = frozenset(self.cleaned_data.get("stay", ()))
        return Merge((self.code,), self.cleaned_data["into"], stay)


class OccupyForm(ChangeForm):
    """Somebody takes the seat."""

    verb = "occupy"
    staff_no = forms.CharField(label=_("Staff number"), max_length=40)
    name = forms.CharField(
        label=_("Person"),
        max_length=100,
        required=False,
        help_text=_("Needed only for somebody who is not known yet."),
    )
    share = forms.DecimalField(
        label=_("Share of the seat in %"), initial=100, min_value=1, max_value=100, decimal_places=2
    )

    def clean(self) -> dict[str, Any]:
        """Somebody who is not known needs a name."""
        told = super().clean() or self.cleaned_data
        number = told.get("staff_no", "").strip()
        self.person = Person.objects.filter(staff_no=number).first()
        if number and self.person is None and not told.get("name"):
            self.add_error("name", _("Nobody has this staff number yet: give the name as well."))
        return told

    def wish(self) -> Wish:
        """The seat, the person and the share."""
        told, number = self.cleaned_data, self.cleaned_data["staff_no"].strip()
        known = self.person
        pk, name = (known.pk, known.name) if known else (uuid.uuid5(STAFF, number), told["name"])
        return Occupy(self.code, str(pk), name, Decimal(told["share"]) / 100, number)


class LeaveForm(ChangeForm):
    """Somebody leaves the seat."""

    verb = "leave"

    def prepare(self) -> None:
        """Those who ever hold the seat."""
        people = [(one, self.book.people.get(one, one)) for one in self.book.holders(self.code)]
        self.fields["person"] = forms.ChoiceField(label=_("Who leaves"), choices=people)

    def wish(self) -> Wish:
        """The departure."""
        return Leave(self.code, self.cleaned_data["person"])


def _name(book: Book, code: str, look: Look) -> str:
    spell = book.on(("name", code), look.on)
    return spell.value[0] if spell and isinstance(spell.value, tuple) else code


FORMS: Final[dict[str, type[ChangeForm]]] = {
    form.verb: form
    for form in (
        OpenForm,
        CloseForm,
        MoveForm,
        RenameForm,
        SplitForm,
        MergeForm,
        OccupyForm,
        LeaveForm,
    )
}
