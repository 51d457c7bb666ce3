"""The product's settings with the tests' jobs."""

from __future__ import annotations

from quotaloom.web.config.settings import *  # noqa: F403 - all of them
from quotaloom.web.config.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "tests.support.slow"]
