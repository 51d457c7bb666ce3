"""Addresses of the organisation itself: its trees, changes, health and lists."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.org import change_views, tree_views, views
from quotaloom.web.org.lists import page as list_page
from quotaloom.web.org.lists import views as list_views

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
    path("lists/", list_views.lists, name="org_lists"),
    path("lists/new/", list_views.lists_post, name="org_lists_post"),
    path("lists/<uuid:list_id>/", list_page.one_list, name="org_list"),
    path("lists/<uuid:list_id>/settings/", list_page.list_settings, name="org_list_settings"),
    path("lists/<uuid:list_id>/write/", list_page.list_apply, name="org_list_apply"),
    path("lists/<uuid:list_id>/undo/", list_page.list_retract, name="org_list_undo"),
    path("lists/<uuid:list_id>/marked/", list_page.list_marked, name="org_list_marked"),
    path("trees/new/", tree_views.trees_post, name="org_trees_post"),
]
