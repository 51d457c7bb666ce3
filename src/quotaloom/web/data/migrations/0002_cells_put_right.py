"""Cells of an uploaded file that somebody puts right on its page."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The mends of a file, kept beside it until its batch has them."""

    dependencies = (("data", "0001_batches_and_uploads"),)

    operations = (migrations.AddField("upload", "mends", models.JSONField(default=list)),)
