"""Addresses of the exchange."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.exchange import views

RETURN = "<uuid:plan_id>/excel/returns/<uuid:return_id>/"

urlpatterns = [
    path("<uuid:plan_id>/excel/", views.exchange, name="exchange"),
    path("<uuid:plan_id>/excel/screen.xlsx", views.exchange_screen, name="exchange_screen"),
    path("<uuid:plan_id>/excel/send", views.exchange_send, name="exchange_send"),
    path("<uuid:plan_id>/excel/sent.zip", views.exchange_zip, name="exchange_zip"),
    path(
        "<uuid:plan_id>/excel/<uuid:handout_id>.xlsx",
        views.exchange_workbook,
        name="exchange_workbook",
    ),
    path("<uuid:plan_id>/excel/returns", views.exchange_returns, name="exchange_returns"),
    path(RETURN, views.exchange_return, name="exchange_return"),
    path(f"{RETURN}findings.xlsx", views.exchange_findings, name="exchange_findings"),
    path(f"{RETURN}take", views.exchange_take, name="exchange_take"),
    path(f"{RETURN}undo", views.exchange_undo, name="exchange_undo"),
]
