"""What no server may start with outside the demo."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error
from quotaloom.web.config.refusal import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Sequence


def refuse_unsafe(*, demo: bool, debug: bool, hosts: Sequence[str], time_zone: str) -> None:
    """Raises Misconfigured: DEBUG outside the demo, hosts that match all, no such time zone."""
    refused = []
    if debug and not demo:
        refused.append(error("settings.debug_outside_demo", "QUOTALOOM_DEBUG"))
    if any(host in {"*", "."} for host in hosts):
        refused.append(error("settings.any_host", "QUOTALOOM_HOSTS"))
    if not _is_zone(time_zone):
        refused.append(error("settings.no_time_zone", time_zone))
    if refused:
        raise Misconfigured(refused)


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
