from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = """
CREATE TRIGGER versions_edition_{verb} BEFORE {VERB} ON versions_edition
BEGIN SELECT RAISE(ABORT, 'a released edition stays as it is'); END
"""
POSTGRES = """
CREATE FUNCTION versions_edition_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a released edition stays as it is'; END $$;
CREATE TRIGGER versions_edition_stays BEFORE UPDATE OR DELETE ON versions_edition
FOR EACH ROW EXECUTE FUNCTION versions_edition_stays();
"""
POSTGRES_BACK = """
DROP TRIGGER versions_edition_stays ON versions_edition;
DROP FUNCTION versions_edition_stays();
"""
VERBS = ("update", "delete")


def guard(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES)
        return
    for verb in VERBS:
        editor.execute(SQLITE.format(verb=verb, VERB=verb.upper()))


def unguard(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES_BACK)
        return
    for verb in VERBS:
        editor.execute(f"DROP TRIGGER versions_edition_{verb}")


class Migration(migrations.Migration):
    dependencies = [("versions", "0001_scenarios_and_editions")]

    operations = [migrations.RunPython(guard, unguard)]
