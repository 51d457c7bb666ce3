"""Members of an axis: what is immutable about them, and what changes with dates [from, to)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Axis(models.TextChoices):
    """What a plan is broken down by."""

    ORG = "org", _("Organisation")
    PRODUCT = "product", _("Products")
    TERRITORY = "territory", _("Territories")
    CUSTOMER = "customer", _("Customers")
    CHANNEL = "channel", _("Channels")
    INDUSTRY = "industry", _("Industries")


class Kind(models.TextChoices):
    """A unit holds others, a seat is held by people, an item is anything else at the bottom."""

    UNIT = "unit", _("Unit")
    SEAT = "seat", _("Seat")
    ITEM = "item", _("Item")
    OTHERS = "others", _("Others")  # 其他: what is not named


class Member(models.Model):
    """A place in the organisation, a product, a customer …: its id and code never change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    axis = models.CharField(max_length=12, choices=Axis.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.CharField(max_length=64)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["axis", "code"], name="member_code_once_an_axis"),
            models.CheckConstraint(
                name="member_closes_after_it_opens",
                condition=models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gt=models.F("opened_on")),
            ),
        )

    def __str__(self) -> str:
        return self.code


class MemberDetail(models.Model):
    """What a member is called and how it is graded while [valid_from, valid_to)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="details")
    name = models.CharField(max_length=200)
    grade = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(fields=["member", "valid_from"], name="detail_once_a_day"),
        )

    def __str__(self) -> str:
        return self.name


class Tree(models.Model):
    """One way to add members up: the organisation itself, 事业部, 行业线, 法人."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    axis = models.CharField(max_length=12, choices=Axis.choices)
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["axis", "code"], name="tree_code_once_an_axis"),
            models.UniqueConstraint(
                fields=["axis"],
                condition=models.Q(is_primary=True),
                name="one_primary_tree_an_axis",
            ),
        )

    def __str__(self) -> str:
        is_chinese = (get_language() or "zh").startswith("zh")
        return self.name_zh if is_chinese else self.name_en or self.name_zh


class Placement(models.Model):
    """The parent of a member in a tree while [valid_from, valid_to); none: at the top."""

    tree = models.ForeignKey(Tree, on_delete=models.CASCADE, related_name="placements")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="placements")
    parent = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(
                fields=["tree", "member", "valid_from"], name="placement_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} under {self.parent_id}"
