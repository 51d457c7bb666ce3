from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_workers_and_attempts"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="is_writing",
            field=models.BooleanField(default=False),
        ),
    ]
