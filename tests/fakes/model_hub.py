"""A model hub on this machine: repositories, files in parts, and lines that break."""

import hashlib
import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REVISION = "0123456789abcdef0123456789abcdef01234567"
_LARGE = 1000  # from here on the hub keeps a file apart, and tells its SHA-256


class ModelHub:
    """What it has, and what it was asked.

    Attributes:
        files: repository → name → content.
        asked: of each file, name and first byte, in order.
        cuts: name → after how many bytes of an answer the line breaks; each breaks once.
        silent_after: name → after how many bytes nothing more comes, though the line stays open.
        fell_silent: set when a line did.
        knows_ranges: False: every answer begins at the first byte.
        lies: name → content that is sent in place of the promised one.
        closed: True: every request is refused as “not for you”.
    """

    def __init__(self):
        self.files = {}
        self.asked = []
        self.cuts = {}
        self.silent_after = {}
        self.fell_silent = threading.Event()
        self._over = threading.Event()
        self.knows_ranges = True
        self.lies = {}
        self.closed = False
        self.address = ""
        self.headers = []

    def has(self, repository, folder):
        """Put a folder's files into a repository."""
        self.files[repository] = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    @contextmanager
    def running(self):
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                hub.headers.append(dict(self.headers))
                hub.answer(self)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # who asked has gone: a test stopped or killed it
        self.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            server.shutdown()
            server.server_close()
            thread.join()

    def answer(self, request):
        path = request.path.partition("?")[0]
        if self.closed:
            _send(request, 401, b"{}", {"X-Error-Code": "RepoNotFound"})
        elif (match := re.fullmatch(r"/api/models/([^/]+/[^/]+)", path)) and match[1] in self.files:
            _send(request, 200, json.dumps(self._told(match[1])).encode())
        elif (match := re.fullmatch(rf"/([^/]+/[^/]+)/resolve/{REVISION}/(.+)", path)) and match[2] in (
            self.files.get(match[1], {})
        ):
            self._send_file(request, self.files[match[1]], match[2])
        else:
            _send(request, 404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def _told(self, repository):
        siblings = []
        for name, content in self.files[repository].items():
            git = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
            told = {"rfilename": name, "size": len(content), "blobId": git}
            if len(content) >= _LARGE:
                digest = hashlib.sha256(content).hexdigest()
                told["lfs"] = {"size": len(content), "sha256": digest, "pointerSize": 134}
            siblings.append(told)
        return {"id": repository, "modelId": repository, "sha": REVISION, "siblings": siblings}

    def _send_file(self, request, files, name):
        content = self.lies.get(name, files[name])
        wish = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        start = int(wish[1]) if wish and self.knows_ranges else 0
        self.asked.append((name, int(wish[1]) if wish else 0))
        headers = {"Content-Length": str(len(content) - start)}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        cut, silent = self.cuts.pop(name, None), self.silent_after.get(name)
        if silent is not None:
            _send(request, 206 if start else 200, content[start : start + silent], headers)
            self.fell_silent.set()
            self._over.wait()
        elif cut is None:
            _send(request, 206 if start else 200, content[start:], headers)
        else:
            _send(request, 206 if start else 200, content[start : start + cut], headers)
            request.close_connection = True


def _send(request, status, body, headers=None):
    request.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)
