"""A made-up company with three years of orders, the same on every machine."""

from __future__ import annotations

from quotaloom.cycle.demo_company.build import SEED, Company, build_company

__all__ = ["SEED", "Company", "build_company"]
