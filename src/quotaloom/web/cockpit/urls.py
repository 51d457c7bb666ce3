"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.cockpit import books, books_lines, modules, rows, views

urlpatterns = [
    path("", views.cockpit, name="cockpit"),
    path("explain", views.explain, name="cockpit_explain"),
    path("export.xlsx", views.export, name="cockpit_export"),
    path("rows", rows.rows, name="cockpit_rows"),
    *(
        route
        for name in modules.MODULES
        for route in (
            path(f"{name}/", modules.module, {"name": name}, name=f"cockpit_{name}"),
            path(
                f"{name}/export.xlsx",
                modules.module_export,
                {"name": name},
                name=f"cockpit_{name}_export",
            ),
        )
    ),
    path("reconciliation/", books.reconciliation, name="reconciliation"),
    path("reconciliation/lines", books_lines.reconciliation_lines, name="reconciliation_lines"),
    path("reconciliation/export.xlsx", books.reconciliation_export, name="reconciliation_export"),
    path("reconciliation/control", books.reconciliation_control, name="reconciliation_control"),
]
