"""The product's settings with a worker that halts."""

from __future__ import annotations

from quotaloom.web.config.settings import *  # noqa: F403 - all of them
from quotaloom.web.config.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "tests.support.halting"]
