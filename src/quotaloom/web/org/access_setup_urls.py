"""Addresses of the first run."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.org import access_setup_views as views
from quotaloom.web.org import demo_views

urlpatterns = [
    path("", views.setup, name="setup"),
    path("steps/", views.wizard, name="wizard"),
    path("steps/<slug:step>/", views.wizard_step, name="wizard_step"),
    path("steps/<slug:step>/skip/", views.wizard_skip, name="wizard_skip"),
    path("demo/put-in/", demo_views.demo_put_in, name="demo_put_in"),
    path("demo/clear/", demo_views.demo_clear, name="demo_clear"),
    path("sample.csv", views.sample, name="sample"),
]
