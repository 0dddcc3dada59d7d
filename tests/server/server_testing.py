"""A server on a free port for a test, and raw sockets to talk to it as no well-behaved client
would.
"""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time

SERVER = os.environ.get("MUSICSCHED_SERVER", "build/examples/server/musicsched-server")
CATALOG = os.environ.get("MUSICSCHED_SAMPLE", "build/sample_songs.csv")
RESULT = "application/vnd.musicsched.result+json"
REQUEST = "application/vnd.musicsched.request+json"


class Server:
    """with Server("--rate", "5") as server: ..."""

    def __init__(self, *options, catalog=CATALOG):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [
                SERVER,
                "--catalog",
                catalog,
                "--port",
                "0",
                "--drain",
                "0",
                "--keep-alive",
                "1000",
                *options,
            ],
            stdout=self.log,
            stderr=subprocess.PIPE,
            text=True,
        )
        line = self.process.stderr.readline()
        found = re.search(r":(\d+)/$", line.strip())
        if not found:
            self.process.wait()
            raise RuntimeError("the server did not start: " + line)
        self.port = int(found.group(1))

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.stop()

    def stop(self, wait=30):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(wait)
        self.errors = self.process.stderr.read()
        self.process.stderr.close()
        if status != 0 or "Sanitizer" in self.errors:
            raise AssertionError("exit status %s: %s" % (status, self.errors[-4000:]))

    def log_lines(self):
        self.log.seek(0)
        return [json.loads(line) for line in self.log.read().decode().splitlines()]

    def ask(self, method, path, body=None, headers=None):
        """(status, headers, body) of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def get_json(self, path):
        status, _, body = self.ask("GET", path)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def schedule_text(self, text, accept=RESULT, **more):
        body = json.dumps({"text": text, "date": "2026-11-24", **more})
        return self.ask(
            "POST", "/api/v1/schedule", body, {"Content-Type": REQUEST, "Accept": accept}
        )

    def raw(self, data, timeout=20.0):
        """Everything the server says to these bytes until it closes, or is silent for `timeout`."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            s.sendall(data)
            got = b""
            try:
                while True:
                    piece = s.recv(65536)
                    if not piece:
                        return got
                    got += piece
            except (TimeoutError, ConnectionResetError):
                return got


def wait_until(what, seconds=20):
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise AssertionError("waited %s s in vain" % seconds)
        time.sleep(0.05)
