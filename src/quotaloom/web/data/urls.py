"""Addresses of the business data."""

from __future__ import annotations

from django.urls import path

from quotaloom.web.data import member_views, mend_views, upload_views, views

UPLOAD = "uploads/<uuid:upload_id>/"

urlpatterns = [
    path("", views.home, name="data"),
    path("uploads", upload_views.bring, name="data_bring"),
    path("templates/<str:kind>.csv", views.template, name="data_template"),
    path("batches/<int:position>/undo", views.undo, name="data_undo"),
    path("batches/<int:position>/mended", mend_views.batch_mended, name="data_batch_mended"),
    path(UPLOAD, upload_views.upload, name="data_upload"),
    path(f"{UPLOAD}look", upload_views.look, name="data_look"),
    path(f"{UPLOAD}take", upload_views.take, name="data_take"),
    path(f"{UPLOAD}mend", mend_views.mend, name="data_mend"),
    path(f"{UPLOAD}restore", mend_views.restore, name="data_restore"),
    path(f"{UPLOAD}marked.xlsx", upload_views.marked_file, name="data_marked"),
    path("members/<str:dataset>/", member_views.members, name="data_members"),
    path("members/<str:dataset>/resolve", member_views.resolve, name="data_resolve"),
]
