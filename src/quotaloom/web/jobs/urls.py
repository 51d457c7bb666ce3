"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.jobs import views

urlpatterns = [
    path("<uuid:job_id>/", views.job, name="job"),
    path("<uuid:job_id>/cancel/", views.cancel, name="job_cancel"),
]
