from __future__ import annotations

from django.db import migrations, models

ROLES = [
    ("facts", "Past orders"),
    ("join", "A table to look up"),
    ("weights", "Weights without dates"),
    ("season", "Shares of the periods"),
    ("roster", "Who is there next year"),
    ("potential", "Potential of members"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_measures_beside_its_own"),
    ]

    operations = [
        migrations.AlterField(
            model_name="draftfile",
            name="role",
            field=models.CharField(choices=ROLES, max_length=10),
        ),
    ]
