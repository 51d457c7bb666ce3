"""Addresses of the organisation itself: its trees, changes, health and lists."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.org import change_views, tree_views, views

urlpatterns = [
    path("", views.org, name="org"),
    path("found/", views.found, name="org_found"),
    path("member/<uuid:member_id>/", views.member, name="org_member"),
    path("member/<uuid:member_id>/children/", views.children, name="org_children"),
    path("change/<slug:verb>/", change_views.change, name="org_change"),
    path("change/<slug:verb>/answer/", change_views.change_post, name="org_change_post"),
    path("seat/<slug:verb>/", change_views.seat, name="seat_change"),
    path("seat/<slug:verb>/answer/", change_views.seat_post, name="seat_change_post"),
    path("health/", tree_views.health_check, name="org_health"),
    path("trees/", tree_views.trees, name="org_trees"),
    path("trees/new/", tree_views.trees_post, name="org_trees_post"),
]
