"""Addresses of presence and comments."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.colleagues import views

urlpatterns = [
    path("<uuid:plan_id>/here", views.here, name="plan_here"),
    path("<uuid:plan_id>/comments", views.comments, name="comments"),
    path("<uuid:plan_id>/comments/add", views.comment_say, name="comment_say"),
    path("<uuid:plan_id>/comments/settle", views.comment_settle, name="comment_settle"),
]
