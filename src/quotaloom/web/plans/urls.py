"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.plans import views

urlpatterns = [path("", views.plan_list, name="plan_list")]
