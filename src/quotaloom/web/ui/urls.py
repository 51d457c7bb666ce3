"""Addresses of the frame."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.ui import search, views

urlpatterns = [
    path("", views.home, name="home"),
    path("choose/language/", views.choose_language, name="choose_language"),
    path("choose/unit/", views.choose_unit, name="choose_unit"),
    path("search/", search.search, name="search"),
    path("healthz", views.healthz, name="healthz"),
]
