"""What no server may start with outside the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotaloom.core.model.findings import error
from quotaloom.web.config.refusal import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Sequence


def refuse_unsafe(*, demo: bool, debug: bool, hosts: Sequence[str]) -> None:
    """Raises Misconfigured for DEBUG outside the demo, and for hosts that match anything."""
    refused = []
    if debug and not demo:
        refused.append(error("settings.debug_outside_demo", "QUOTALOOM_DEBUG"))
    if any(host in {"*", "."} for host in hosts):
        refused.append(error("settings.any_host", "QUOTALOOM_HOSTS"))
    if refused:
        raise Misconfigured(refused)
