"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.cockpit import books, views

urlpatterns = [
    path("", views.cockpit, name="cockpit"),
    path("explain", views.explain, name="cockpit_explain"),
    path("export.xlsx", views.export, name="cockpit_export"),
    path("reconciliation/", books.reconciliation, name="reconciliation"),
    path("reconciliation/lines", books.reconciliation_lines, name="reconciliation_lines"),
    path("reconciliation/export.xlsx", books.reconciliation_export, name="reconciliation_export"),
    path("reconciliation/control", books.reconciliation_control, name="reconciliation_control"),
]
