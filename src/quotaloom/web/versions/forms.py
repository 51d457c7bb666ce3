"""What is typed on the pages of versions."""

from __future__ import annotations

from django import forms


class CopyForm(forms.Form):
    """A copy of a version: its name, what for, raised by how much, of which year."""

    source = forms.CharField(max_length=80)
    name = forms.CharField(max_length=120)
    note = forms.CharField(max_length=500, required=False)
    growth = forms.CharField(max_length=40, required=False)
    year = forms.IntegerField(min_value=2000, max_value=2100)


class DescribeForm(forms.Form):
    """Another name and description."""

    name = forms.CharField(max_length=120)
    note = forms.CharField(max_length=500, required=False)


class ReleaseForm(forms.Form):
    """An edition: its name, from when it is in force, why; and what was looked at."""

    name = forms.CharField(max_length=120)
    period = forms.CharField(max_length=20)
    note = forms.CharField(max_length=500, required=False)
    seen = forms.IntegerField(min_value=0)
