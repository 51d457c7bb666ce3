"""Which measure and layer each sheet of a handout shows."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_handouts_and_returns")]

    operations = [
        migrations.AddField(
            model_name="handout",
            name="shows",
            field=models.JSONField(default=list),
        ),
    ]
