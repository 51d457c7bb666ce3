"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.cockpit import views

urlpatterns = [
    path("", views.cockpit, name="cockpit"),
    path("explain", views.explain, name="cockpit_explain"),
    path("export.xlsx", views.export, name="cockpit_export"),
]
