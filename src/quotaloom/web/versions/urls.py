"""Addresses of versions."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.versions import compare_views, promote_views, release_views, save_views, views

urlpatterns = [
    path("<uuid:plan_id>/versions/", views.versions, name="versions"),
    path("<uuid:plan_id>/versions/copy", views.version_copy, name="version_copy"),
    path("<uuid:plan_id>/versions/points", save_views.save_point, name="save_point"),
    path(
        "<uuid:plan_id>/versions/points/<int:point_id>/remove",
        save_views.point_gone,
        name="point_gone",
    ),
    path(
        "<uuid:plan_id>/versions/<uuid:scenario_id>/describe",
        views.scenario_change,
        name="scenario_change",
    ),
    path(
        "<uuid:plan_id>/versions/<uuid:scenario_id>/archive",
        views.scenario_shelve,
        name="scenario_shelve",
    ),
    path(
        "<uuid:plan_id>/versions/<uuid:scenario_id>/promote",
        promote_views.promote,
        name="promote",
    ),
    path(
        "<uuid:plan_id>/versions/<uuid:scenario_id>/promote/do",
        promote_views.promote_post,
        name="promote_post",
    ),
    path("<uuid:plan_id>/versions/promote/undo", promote_views.promote_undo, name="promote_undo"),
    path("<uuid:plan_id>/compare/", compare_views.compare, name="compare"),
    path("<uuid:plan_id>/compare/rows", compare_views.compare_rows, name="compare_rows"),
    path("<uuid:plan_id>/compare/causes", compare_views.compare_causes, name="compare_causes"),
    path("<uuid:plan_id>/compare/export.xlsx", compare_views.compare_export, name="compare_export"),
    path("<uuid:plan_id>/release/", release_views.release, name="release"),
    path("<uuid:plan_id>/release/do", release_views.release_post, name="release_post"),
    path("<uuid:plan_id>/close", release_views.close, name="period_close"),
    path("<uuid:plan_id>/editions/<int:number>/", release_views.edition, name="edition"),
    path(
        "<uuid:plan_id>/editions/<int:number>/cells.parquet",
        release_views.edition_cells,
        name="edition_cells",
    ),
]
