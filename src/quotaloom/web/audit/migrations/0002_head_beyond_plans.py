from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_audit_rows")]

    operations = [
        migrations.AddField(
            model_name="audithead",
            name="beyond_plans",
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
    ]
