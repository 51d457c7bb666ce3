"""Files of any office into checked facts: read, join, filter, check, and say what was done."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from quotaloom.core.model.errors import DataRefused, UsageRefused
from quotaloom.core.model.findings import error
from quotaloom.warehouse.intake.amount_column import total_size
from quotaloom.warehouse.intake.amount_text import LARGEST
from quotaloom.warehouse.intake.boundary import contained
from quotaloom.warehouse.intake.choice import Choice, choose
from quotaloom.warehouse.intake.columns import FACTS, Heading
from quotaloom.warehouse.intake.container import kind_of
from quotaloom.warehouse.intake.headers import clean_header
from quotaloom.warehouse.intake.intake_run import Run, check_facts
from quotaloom.warehouse.intake.join import Link, Miss, find_links
from quotaloom.warehouse.intake.members import alias_findings
from quotaloom.warehouse.intake.place import has_errors
from quotaloom.warehouse.intake.raw import read_raw
from quotaloom.warehouse.intake.request import Facts, IntakeRequest, Join, Source
