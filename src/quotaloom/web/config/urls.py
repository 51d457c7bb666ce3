"""All addresses."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("quotaloom.web.ui.urls")),
    path("account/", include("quotaloom.web.accounts.urls")),
    path("access/", include("quotaloom.web.org.access_urls")),
    path("setup/", include("quotaloom.web.org.access_setup_urls")),
    path("org/", include("quotaloom.web.org.urls")),
    path("data/", include("quotaloom.web.data.urls")),
    path("jobs/", include("quotaloom.web.jobs.urls")),
    path("audit/", include("quotaloom.web.audit.urls")),
    path("plans/", include("quotaloom.web.plans.urls")),
    path("plans/", include("quotaloom.web.desk.urls")),
    path("plans/", include("quotaloom.web.versions.urls")),
    path("plans/", include("quotaloom.web.exchange.urls")),
    path("plans/", include("quotaloom.web.colleagues.urls")),
    path("opportunities/", include("quotaloom.web.registers.urls")),
    path("cockpit/", include("quotaloom.web.cockpit.urls")),
    path("tokens/", include("quotaloom.web.api.token_urls")),
    path("api/v1/", include("quotaloom.web.api.urls")),
]
handler400 = "quotaloom.web.config.fault.bad_request"
handler403 = "quotaloom.web.ui.views.forbidden"
handler404 = "quotaloom.web.ui.views.not_found"
handler500 = "quotaloom.web.config.fault.server_error"
