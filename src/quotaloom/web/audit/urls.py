"""Addresses of the audit."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.audit import views

urlpatterns = [
    path("", views.audit_list, name="audit_list"),
    path("verify/", views.audit_verified, name="audit_verified"),
    path("export/", views.audit_export, name="audit_export"),
    path("head/", views.audit_head, name="audit_head"),
]
