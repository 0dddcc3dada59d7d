#!/usr/bin/env python3
"""The server under clients that are slow, many or gone, under signals, and under a plan that is too
hard.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import tempfile
import threading
import time
import unittest

from server_testing import CATALOG, Server, wait_until

GET = b"GET /api/v1/catalog HTTP/1.1\r\nHost: test\r\n\r\n"


class Traffic:
    """Keeps asking on keep-alive connections, connecting anew where the server says it closes;
    counts what goes wrong.
    """

    def __init__(self, server, threads=4):
        self.server, self.stopping, self.answers, self.failures = server, False, 0, []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run) for _ in range(threads)]
        for thread in self.threads:
            thread.start()

    def one(self, connection):
        """An answer of the server, read whole. True where the connection goes on."""
        connection.sendall(GET)
        got = b""
        while b"\r\n\r\n" not in got:
            piece = connection.recv(65536)
            if not piece:
                raise ConnectionError("closed without an answer")
            got += piece
        head, body = got.split(b"\r\n\r\n", 1)
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(body) < length:
            piece = connection.recv(65536)
            if not piece:
                raise ConnectionError("closed in an answer")
            body += piece
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(head.decode())
        with self.lock:
            self.answers += 1
        return b"Connection: close" not in head

    def run(self):
        while not self.stopping:
            try:
                connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=20)
            except (ConnectionError, TimeoutError):
                if self.server.process.poll() is None and not self.stopping:
                    time.sleep(0.01)
                continue
            try:
                with connection:
                    while not self.stopping and self.one(connection):
                        pass
            except OSError as error:
                with self.lock:
                    self.failures.append(repr(error))

    def stop(self):
        self.stopping = True
        for thread in self.threads:
            thread.join(30)


class RobustTest(unittest.TestCase):
    def test_slow_clients_hold_up_nobody(self):
        with Server() as server:
            held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(250)]
            loris = held[200:]
            stop = threading.Event()

            def dribble():
                for byte in (
                    b"POST /api/v1/schedule HTTP/1.1\r\nHost: x\r\nContent-Type:"
                    b" text/plain\r\nContent-Length: 1000\r\n\r\n" + b"x" * 20
                ):
                    for s in loris:
                        try:
                            s.send(bytes([byte]))
                        except OSError:
                            pass
                    if stop.wait(0.03):
                        return

            dribbler = threading.Thread(target=dribble)
            dribbler.start()
            for _ in range(100):
                self.assertEqual(server.ask("GET", "/api/v1/songs?q=dance&limit=3")[0], 200)
            stop.set()
            dribbler.join()
            for s in held:
                s.close()

    def test_a_dribbled_body_is_cut_off(self):
        with Server("--body-timeout", "500") as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as s:
                s.sendall(
                    b"POST /api/v1/schedule HTTP/1.1\r\nHost: x\r\nContent-Type:"
                    b" text/plain\r\nContent-Length: 100000\r\n\r\n"
                )
                got = b""
                for _ in range(200):
                    try:
                        s.send(b"x")
                        s.settimeout(0.05)
                        got = s.recv(65536)
                        break
                    except TimeoutError:
                        continue
                    except OSError:
                        break
                self.assertTrue(got.startswith(b"HTTP/1.1 408 "), got)

    def test_term_answers_what_was_accepted(self):
        server = Server()
        traffic = Traffic(server)
        wait_until(lambda: traffic.answers > 200)
        server.stop()
        traffic.stop()
        self.assertEqual(traffic.failures, [])

    def test_term_is_told_to_whoever_asks(self):
        server = Server("--drain", "1500")
        self.assertEqual(server.ask("GET", "/readyz")[0], 200)
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: server.ask("GET", "/readyz")[0] == 503)
        status, headers, _ = server.ask("GET", "/healthz")
        self.assertEqual((status, headers["Connection"]), (200, "close"))
        server.stop()

    def test_reload(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "songs.csv")
            shutil.copy(CATALOG, path)
            with Server(catalog=path) as server:
                traffic = Traffic(server)
                before = server.get_json("/api/v1/catalog")["rows"]
                pathlib.Path(path).write_text("name of nothing,half\nonly,half\n", encoding="utf-8")
                server.process.send_signal(signal.SIGHUP)
                wait_until(
                    lambda: b'reloads_total{result="failed"} 1' in server.ask("GET", "/metrics")[2]
                )
                self.assertEqual(server.get_json("/api/v1/catalog")["rows"], before)
                with open(CATALOG, encoding="utf-8") as whole:
                    pathlib.Path(path).write_text(
                        "".join(whole.readlines()[:101]), encoding="utf-8"
                    )
                server.process.send_signal(signal.SIGHUP)
                wait_until(lambda: server.get_json("/api/v1/catalog")["rows"] == 100)
                traffic.stop()
                self.assertEqual(traffic.failures, [])
                self.assertGreater(traffic.answers, 0)
            events = [line["event"] for line in server.log_lines() if line["event"] != "request"]
            self.assertEqual(events[:2], ["catalog_not_reloaded", "catalog_reloaded"])

    def test_a_hard_plan_costs_its_budget_only(self):
        todos = [
            {
                "id": "t%d" % i,
                "title": "T",
                "duration_s": 1500 + 97 * i % 4000,
                "latest": "%02d:00" % (9 + i % 13),
                "priority": 1 + i % 4,
                "split_min_s": 600 if i % 3 == 0 else 0,
            }
            for i in range(400)
        ]
        songs = [{"query": "song %d" % i, "times": 3} for i in range(400)]
        plan = json.dumps(
            {
                "date": "2026-11-24",
                "todos": todos,
                "songs": songs,
                "listening": {"fill": {"duration_s": 36000}},
            }
        )
        with Server("--work-limit", "20000", "--time-limit", "300") as server:
            status, _, body = server.ask(
                "POST", "/api/v1/schedule", plan, {"Content-Type": "application/json"}
            )
            self.assertEqual(status, 200, body)
            schedule = json.loads(body)
            self.assertGreater(len(schedule["unplaced"]), 0)
            self.assertIn(schedule["objective"]["stop"], ("work", "time"))


if __name__ == "__main__":
    unittest.main()
