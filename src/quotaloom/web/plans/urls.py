"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.plans import files, new, parts, views

urlpatterns = [
    path("", views.plan_list, name="plan_list"),
    path("new/", new.plan_new, name="plan_new"),
    path("new/<uuid:draft_id>/", new.plan_form, name="plan_form"),
    path("new/<uuid:draft_id>/look", new.plan_look, name="plan_look"),
    path("new/<uuid:draft_id>/files", files.plan_files, name="plan_files"),
    path("new/<uuid:draft_id>/files/<int:file_id>", files.plan_file, name="plan_file"),
    path(
        "new/<uuid:draft_id>/files/<int:file_id>/remove",
        files.plan_file_remove,
        name="plan_file_remove",
    ),
    path(
        "new/<uuid:draft_id>/files/<int:file_id>/marked.xlsx",
        files.plan_marked,
        name="plan_marked",
    ),
    path("<uuid:plan_id>/", views.plan, name="plan"),
    path("<uuid:plan_id>/rows", views.plan_rows, name="plan_rows"),
    path("<uuid:plan_id>/explain", views.plan_explain, name="plan_explain"),
    path("<uuid:plan_id>/export.xlsx", views.plan_export, name="plan_export"),
    path("<uuid:plan_id>/workbook.xlsx", views.plan_leaves, {"kind": "xlsx"}, name="plan_workbook"),
    path("<uuid:plan_id>/leaves.<slug:kind>", views.plan_leaves, name="plan_leaves"),
    path("<uuid:plan_id>/parts", parts.plan_split, name="plan_split"),
    path("<uuid:plan_id>/parts/<uuid:job_id>.zip", parts.plan_parts, name="plan_parts"),
]
