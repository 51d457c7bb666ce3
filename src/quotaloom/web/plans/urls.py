"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.plans import views

urlpatterns = [
    path("", views.plan_list, name="plan_list"),
    path("<uuid:plan_id>/", views.plan, name="plan"),
    path("<uuid:plan_id>/rows", views.plan_rows, name="plan_rows"),
    path("<uuid:plan_id>/explain", views.plan_explain, name="plan_explain"),
    path("<uuid:plan_id>/export.xlsx", views.plan_export, name="plan_export"),
    path("<uuid:plan_id>/workbook.xlsx", views.plan_workbook, name="plan_workbook"),
]
