"""serve: pages and worker on one data folder, until Ctrl-C."""

from __future__ import annotations

import http.client
import os
import sys
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand

from quotaloom.core.model.findings import error, info, warning
from quotaloom.web.config.demo import is_demo, load, show_logins
from quotaloom.web.config.occupation import Occupied, occupied
from quotaloom.web.config.ports import FIRST, held_port
from quotaloom.web.config.preparation import prepare
from quotaloom.web.config.refusal import Misconfigured
from quotaloom.web.config.speech import refuse, say
from quotaloom.web.config.start import end_with_parent
from quotaloom.web.config.supervision import Child, supervise
from quotaloom.web.org.access_setup import is_open, setup_token

if TYPE_CHECKING:
    import threading
    from argparse import ArgumentParser

PATIENCE, BETWEEN = 180.0, 0.1  # seconds that the first page may take, and between two knocks


class Command(BaseCommand):
    """Migrate, collect, start both, restart what dies, stop both."""

    help = "serve the pages and run the worker"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and with how many processes."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=FIRST)
        parser.add_argument("--workers", type=int, default=0)

    def handle(self, *_: str, **chosen: Any) -> None:  # noqa: ANN401 - Django's own
        """Serve; a second start on the same folder only says where the first serves."""
        end_with_parent()
        try:
            sys.exit(_serve(chosen["host"], chosen["port"], chosen["workers"]))
        except Occupied as first:
            if not first.address:
                sys.exit(refuse(first))
            say(info("serve.already", first.address))


def _serve(host: str, port: int, workers: int) -> int:
    _refuse_open_demo(host)
    with occupied(settings.HOME) as tell, held_port(host, port) as found:
        prepare()
        if settings.DEMO:
            load(settings.HOME)
        if found != port:
            say(info("serve.other_port", str(port), port=found))
        address = f"http://{f'[{host}]' if ':' in host else host}:{found}/"
        many = workers or min(4, max(2, os.cpu_count() or 2))
        pages = ("pages", "--host", host, "--port", str(found), "--workers", str(many))

        def up(stopping: threading.Event) -> bool:
            if not _answers(host, found, stopping):
                say(error("serve.silent", address))
                return False
            public = _public(address)
            tell(public)
            say(info("serve.ready", public))
            if settings.DEMO:
                show_logins()
            elif is_open():
                say(info("serve.setup", f"{public}setup/?token={setup_token()}"))
            say(info("serve.how_to_stop"))
            return True

        code = supervise([Child(pages), Child(("worker",))], up)
    say(info("serve.stopped") if code == 0 else warning("serve.given_up"))
    return code


def _public(address: str) -> str:
    """The address that people open: that of the proxy, where one stands in front."""
    if not settings.BEHIND_TLS:
        return address
    say(info("serve.listening", address))
    return f"https://{_named(address)}/"


def _named(otherwise: str) -> str:
    return settings.ALLOWED_HOSTS[0].lstrip(".") if settings.ALLOWED_HOSTS else otherwise


def _refuse_open_demo(host: str) -> None:
    is_local = host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)
    if not is_local and is_demo(settings.HOME):
        raise Misconfigured([error("settings.open_demo", host)])


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _answers(host: str, port: int, stopping: threading.Event) -> bool:
    """Whether the first page comes in time; True also where we are told to stop meanwhile."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    named = _named(near)
    for _ in range(int(PATIENCE / BETWEEN)):
        if _knock(near, port, named) or stopping.wait(BETWEEN):
            return True
    return False


def _knock(host: str, port: int, named: str) -> bool:
    line = http.client.HTTPConnection(host, port, timeout=5)
    try:
        line.request("GET", "/healthz", headers={"Host": named})
        return line.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        line.close()
