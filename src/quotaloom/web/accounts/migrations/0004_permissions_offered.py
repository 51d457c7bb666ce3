from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_seal_second_factors"),
    ]

    operations = [
        migrations.AddField(
            model_name="company",
            name="offered",
            field=models.JSONField(default=dict),
        ),
    ]
