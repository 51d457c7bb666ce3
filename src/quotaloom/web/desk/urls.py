"""Addresses of the workbench."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.desk import merge_views, views

urlpatterns = [
    path("<uuid:plan_id>/desk/", views.desk, name="desk"),
    path("<uuid:plan_id>/desk/rows", views.desk_rows, name="desk_rows"),
    path("<uuid:plan_id>/desk/preview", views.desk_preview, name="desk_preview"),
    path("<uuid:plan_id>/desk/edit", views.desk_edit, name="desk_edit"),
    path("<uuid:plan_id>/desk/compare", merge_views.desk_compare, name="desk_compare"),
    path("<uuid:plan_id>/desk/undo", views.desk_undo, name="desk_undo"),
    path("<uuid:plan_id>/desk/redo", views.desk_redo, name="desk_redo"),
    path("<uuid:plan_id>/desk/past", views.desk_past, name="desk_past"),
]
