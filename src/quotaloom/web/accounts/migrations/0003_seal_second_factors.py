"""Second factors that were kept in the clear are sealed, and opened again on the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations

from quotaloom.web.accounts.factors import changed
from quotaloom.web.accounts.sealed import MARK, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable


def _each(apps: Any, change: Callable[[str], str]) -> None:
    for row in apps.get_model("mfa", "Authenticator").objects.all():
        row.data = changed(row.data, change)
        row.save(update_fields=["data"])


def close(apps: Any, _editor: Any) -> None:
    """Seal what is not sealed yet."""
    _each(apps, lambda text: text if text.startswith(MARK) else seal(text))


def open_again(apps: Any, _editor: Any) -> None:
    """As they were."""
    _each(apps, unseal)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sign_ins_links_company"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(close, open_again),
    ]
