"""Where the journal of a plan lies: one interface, whatever keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.core.model.findings import error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Head(NamedTuple):
    """How many records a journal has, and the hash of the last one.

    A journal without records has the digest of the plan's definition as its hash, so that the
    chain binds the definition too.
    """

    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The cells of a plan as they stood at a head of its journal."""

    head: Head
    content: bytes


class Overtaken(QuotaLoomError):
    """Someone else appended first: the journal stands at ``head``. Nothing was written."""

    def __init__(self, expected: int, head: Head) -> None:
        self.head = head
        super().__init__(
            [error("planfile.overtaken", position=head.position, expected=expected)],
        )


class JournalStore(Protocol):
    """Keeps one plan: its definition, its records in order, and the cells and texts they name.

    Everything that an answer has confirmed outlives the death of the process. Records are never
    changed or removed. Any number of threads and processes may use stores of the same plan.
    """

    def definition(self) -> str:
        """The text of the plan's definition, which never changes."""

    def head(self) -> Head:
        """Where the journal stands now, with what others have appended."""

    def append(self, record: str, *, expected: int) -> Head:
        """Add one sealed record after position ``expected``; all of it or nothing.

        Raises Overtaken where the journal stands elsewhere, DataRefused for a record that is not
        sealed or does not follow the head.
        """

    def extend(self, records: Sequence[str], *, expected: int) -> Head:
        """Add several sealed records after position ``expected``; all of them or none.

        Raises as ``append`` does.
        """

    def records(self, after: int = 0, upto: int | None = None) -> Iterator[str]:
        """The texts of the records with a number in (after, upto], in order.

        They are as they lie there: who does not trust the place verifies the chain.
        """

    def put_cells(self, content: bytes) -> str:
        """Keep cells under their digest, which is answered. Keeping them twice is no error."""

    def cells(self, digest: str) -> bytes:
        """The cells of a digest. DataRefused where they are missing or were changed."""

    def put_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint; one of the same head takes the place of the former."""

    def latest_checkpoint(self, at_most: int | None = None) -> Checkpoint | None:
        """The last sound checkpoint up to a position whose head is one of this journal."""

    def put_text(self, text: str) -> str:
        """Keep a reason or a note beside the chain; answers the salted digest that names it."""

    def text(self, digest: str) -> str | None:
        """The text of a digest, None once it was erased. DataRefused where it was changed."""

    def erase_text(self, digest: str) -> bool:
        """Remove a text for ever; the chain still verifies. False where there was none."""
