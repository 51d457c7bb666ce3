"""A small HTTP server on the loopback, run in a thread: ``(method, path, words, headers)`` in."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


def as_json(told, status=200):
    """An answer of JSON."""
    return status, json.dumps(told), [("Content-Type", "application/json")]


@contextmanager
def serving(answer):
    """The address of a server that answers with ``answer(method, url, words, headers)``."""

    class Handler(BaseHTTPRequestHandler):
        def reply(self):
            length = int(self.headers.get("Content-Length") or 0)
            words = dict(parse_qsl(urlsplit(self.path).query))
            body = self.rfile.read(length).decode()
            is_json = "json" in (self.headers.get("Content-Type") or "")
            words |= json.loads(body or "{}") if is_json else dict(parse_qsl(body))
            url = f"http://{self.headers['Host']}{self.path}"
            status, body, headers = answer(self.command, url, words, dict(self.headers))
            text = body if isinstance(body, str) else json.dumps(body) if body else ""
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = reply  # noqa: N815 - http.server asks for these names

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
