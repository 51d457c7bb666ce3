from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_workers_and_attempts"),
        ("org", "0002_lists_of_members"),
    ]

    operations = [
        migrations.AddField(
            model_name="listimport",
            name="job",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="jobs.job",
            ),
        ),
        migrations.AddField(
            model_name="listimport",
            name="reading",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="listimport",
            name="written",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="listimport",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
