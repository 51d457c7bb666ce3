"""Addresses of accounts, roles and grants."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.org import access_demo, access_role_views, access_view_as, access_views

urlpatterns = [
    path("", access_views.account_list, name="account_list"),
    path("new/", access_views.account_new, name="account_new"),
    path("roles/", access_role_views.role_list, name="role_list"),
    path("roles/new/", access_role_views.role_new, name="role_new"),
    path("roles/<slug:code>/", access_role_views.role, name="role"),
    path("roles/<slug:code>/restore/", access_role_views.role_restore, name="role_restore"),
    path("demo/", access_demo.demo_sign_in, name="demo_sign_in"),
    path("view-as/", access_view_as.view_as_list, name="view_as_list"),
    path("own-eyes/", access_view_as.view_as_end, name="view_as_end"),
    path("<uuid:user_id>/", access_views.account, name="account"),
    path("<uuid:user_id>/link/", access_views.account_link, name="account_link"),
    path("<uuid:user_id>/switch/", access_views.account_switch, name="account_switch"),
    path("<uuid:user_id>/factors/", access_views.account_factors, name="account_factors"),
    path("<uuid:user_id>/view-as/", access_view_as.view_as_begin, name="view_as_begin"),
    path("<uuid:user_id>/grants/", access_views.grant_new, name="grant_new"),
    path("<uuid:user_id>/grants/<int:grant_id>/end/", access_views.grant_stop, name="grant_end"),
]
