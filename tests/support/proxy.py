"""The sample configuration in a real nginx of the test's own, before a server of ours."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = ROOT / "deploy/nginx.conf"
HOST = "plan.example.com"
AROUND = """\
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/quotaloom.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Where it listens, by HTTP and HTTPS, and the certificate to trust."""

    http: int
    https: int
    certificate: Path


def program():
    """The nginx of the machine; skips without one."""
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if found is None:
        pytest.skip("no nginx here: apt-get install nginx-light")
    return found


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as line:
        return line.getsockname()[1]


def settled(text, changes):
    """The text with each part changed that must stand in it."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def written(folder, goal):
    """The configuration for a server of ours, as its reader would change it; answers the proxy."""
    http, https = free_port(), free_port()
    certificate(folder)
    changes = [
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{urlsplit(goal).port};"),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{https} ssl"),
        (f"/etc/nginx/tls/{HOST}", f"{folder}/tls"),
    ]
    text = settled(SAMPLE.read_text(encoding="utf-8"), changes)
    (folder / "quotaloom.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    around = AROUND.format(folder=folder, user=user)
    (folder / "nginx.conf").write_text(around, encoding="utf-8")
    return Proxy(http, https, folder / "tls.pem")


def certificate(folder):
    """A certificate for the host of the sample, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "tls.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "tls.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))


@contextmanager
def proxied(folder, goal):
    """An nginx before the server at ``goal``, once it listens; stopped at the end."""
    proxy, words = written(folder, goal), [program(), "-p", str(folder), "-c", "nginx.conf"]
    process = subprocess.Popen([*words, "-e", "error.log"], stderr=subprocess.DEVNULL)
    try:
        _wait_for(proxy.https, process)
        yield proxy
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(port, process):
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
