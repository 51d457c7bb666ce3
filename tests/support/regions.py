"""A company of two regions as the reconciliation knows it, whole and as its managers see it."""

from __future__ import annotations

from dataclasses import replace

from quotaloom.cycle.books.places import Places

COMPANY = Places(  # 总公司 › 华东 (formerly 东区) › E1 E2 · 华北 › N1
    seats={"e1": "E1", "e2": "E2", "n1": "N1"},
    units={"华东": "EAST", "east": "EAST", "东区": "EAST", "华北": "NORTH", "总公司": "HQ"},
    parents={"EAST": "HQ", "NORTH": "HQ", "E1": "EAST", "E2": "EAST", "N1": "NORTH", "HQ": None},
    names={"EAST": "华东", "NORTH": "华北", "HQ": "总公司"},
)
EAST = replace(COMPANY, seen=frozenset({"EAST", "E1", "E2"}))
NORTH = replace(COMPANY, seen=frozenset({"NORTH", "N1"}))
