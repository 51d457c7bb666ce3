"""migrate: as Django's, but each migration is noted in the very transaction that makes it.

Django notes a migration after its commit where indexes were put off to the end. Killed in between,
the next run would make tables that are there, and no run would ever go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor

if TYPE_CHECKING:
    from django.db.migrations import Migration
    from django.db.migrations.state import ProjectState


class Executor(MigrationExecutor):
    """Both databases undo tables with the rest of a transaction."""

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,  # noqa: FBT001, FBT002 - Django's own
        fake_initial: bool = False,  # noqa: FBT001, FBT002 - Django's own
    ) -> ProjectState:
        """Make the tables and note it, both or neither."""
        if fake or fake_initial or not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        self._tell("apply_start", migration)
        with self.connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # stubs of an older Django
        self._tell("apply_success", migration)
        return state

    def _tell(self, step: str, migration: Migration) -> None:
        if self.progress_callback:
            self.progress_callback(step, migration, False)  # noqa: FBT003 - Django's own


class Command(migrate.Command):
    """Django's command with that executor, which it takes from its module alone."""

    migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]  # no other door
