"""Addresses of the organisation."""

from __future__ import annotations

from quotaloom.web.org import tree_urls

urlpatterns = [*tree_urls.urlpatterns]
