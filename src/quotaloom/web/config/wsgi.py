"""What granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from quotaloom.web.config.start import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotaloom.web.config.settings")
end_with_parent()
application = get_wsgi_application()
