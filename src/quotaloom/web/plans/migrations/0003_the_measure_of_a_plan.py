from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_the_job_that_made_it"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="measure",
            field=models.CharField(default="booked", max_length=20),
        ),
    ]
