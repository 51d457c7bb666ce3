from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_scenarios_have_a_root"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="also",
            field=models.JSONField(default=list),
        ),
    ]
