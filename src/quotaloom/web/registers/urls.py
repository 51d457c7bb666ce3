"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.registers import close_views, timeliness_views, views

ONE = "<uuid:opportunity_id>/"

urlpatterns = [
    path("", views.opportunities, name="opportunity_list"),
    path("list.xlsx", views.opportunities_file, {"suffix": "xlsx"}, name="opportunity_xlsx"),
    path("list.csv", views.opportunities_file, {"suffix": "csv"}, name="opportunity_csv"),
    path("new", views.new, name="opportunity_new"),
    path("timeliness", timeliness_views.timeliness, name="opportunity_timeliness"),
    path(ONE, views.opportunity, name="opportunity"),
    path(f"{ONE}edit", views.edit, name="opportunity_edit"),
    path(f"{ONE}overlay", views.overlay, name="opportunity_overlay"),
    path(f"{ONE}close", close_views.close, name="opportunity_close"),
    path(f"{ONE}reopen", close_views.reopen, name="opportunity_reopen"),
]
