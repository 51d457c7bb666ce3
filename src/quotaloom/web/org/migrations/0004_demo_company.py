from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_workers_and_attempts"),
        ("org", "0003_lists_are_read_by_jobs"),
    ]

    operations = [
        migrations.CreateModel(
            name="DemoCompany",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("written", models.JSONField(default=dict)),
                ("trees", models.JSONField(default=list)),
                ("parts", models.JSONField(default=dict)),
                ("put_in_at", models.DateTimeField(auto_now_add=True)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jobs.job",
                    ),
                ),
            ],
            options={
                "ordering": ("-put_in_at",),
            },
        ),
    ]
