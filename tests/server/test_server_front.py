#!/usr/bin/env python3
"""The server's door: who comes in, waits or is refused, and what is left once they are gone."""

import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import tempfile
import threading
import time
import unittest

from server_testing import CATALOG, Server, wait_until

ABOVE_IDLE_MB = 100
SANITIZED = os.environ.get("MUSICSCHED_SANITIZED")
KIND = {"Content-Type": "application/json"}
ASK = b"GET /api/v1/catalog HTTP/1.1\r\nHost: test\r\n\r\n"


def allow_files(count):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(count, hard), hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def large_plan(wishes):
    songs = [{"query": "song %d" % i} for i in range(wishes)]
    return json.dumps(
        {"date": "2026-11-24", "todos": [{"title": "Work", "duration_s": 3600}], "songs": songs}
    )


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def resident_mb(server):
    status = pathlib.Path("/proc/%d/status" % server.process.pid).read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


def processor_s(server):
    fields = (
        pathlib.Path("/proc/%d/stat" % server.process.pid)
        .read_text(encoding="ascii")
        .rsplit(") ", 1)[1]
        .split()
    )
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def metric(server, name):
    return int(
        re.search(
            r"^musicsched_%s (\d+)$" % name, server.ask("GET", "/metrics")[2].decode(), re.M
        ).group(1)
    )


def ask_at_once(server, count, body):
    """Statuses and headers of `count` plans that are sent at the same time."""
    answers, lock = [], threading.Lock()

    def ask():
        status, headers, _ = server.ask("POST", "/api/v1/schedule", body, KIND)
        with lock:
            answers.append((status, headers))

    threads = [threading.Thread(target=ask) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


class FrontTest(unittest.TestCase):
    def test_idle_connections_hold_up_nobody(self):
        count = min(2000, allow_files(2200) - 100)
        with Server("--keep-alive", "60000") as server:
            held = [connect(server) for _ in range(count)]
            for s in held[: count // 2]:  # half of them in the middle of a header
                s.sendall(b"GET / HTTP/1.1\r\nHost: te")
            began = time.monotonic()
            for _ in range(20):
                self.assertEqual(server.ask("GET", "/api/v1/catalog")[0], 200)
            self.assertLess(time.monotonic() - began, 10)
            self.assertGreaterEqual(metric(server, "http_connections"), count // 2)
            for s in held:
                s.close()

    def test_a_dribbled_header_is_cut_off(self):
        with Server("--header-timeout", "300") as server, connect(server) as s:
            got = b""
            for byte in ASK[:-4] * 10:
                try:
                    s.sendall(bytes([byte]))
                    s.settimeout(0.05)
                    got = s.recv(65536)
                    break
                except TimeoutError:
                    continue
            self.assertTrue(got.startswith(b"HTTP/1.1 408 "), got)

    def test_who_does_not_read_holds_up_nobody(self):
        """Answers that fill every buffer between server and client, and are all there once it
        reads.
        """
        count = 80
        with Server("--threads", "1") as server, socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            s.settimeout(20)
            s.connect(("127.0.0.1", server.port))
            s.sendall(b"GET /api/v1/popularity/top?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n" * count)
            wait_until(lambda: metric(server, "http_bytes_in_flight") > 32768)
            self.assertEqual(server.ask("POST", "/api/v1/schedule", large_plan(1), KIND)[0], 200)
            got = bytearray()
            for _ in range(count):
                while b"\r\n\r\n" not in got:
                    got += s.recv(1 << 20)
                end = got.index(b"\r\n\r\n") + 4
                length = int(re.search(rb"Content-Length: (\d+)", got[:end]).group(1))
                while len(got) < end + length:
                    got += s.recv(1 << 20)
                self.assertEqual(len(json.loads(got[end : end + length])["songs"]), 1000)
                del got[: end + length]

    def test_more_than_can_wait_is_refused(self):
        with Server("--threads", "4", "--max-waiting", "2") as server:
            answers = ask_at_once(server, 16, large_plan(1500))
            self.assertEqual({status for status, _ in answers}, {200, 503})
            for status, headers in answers:
                if status == 503:
                    self.assertGreaterEqual(int(headers["Retry-After"]), 1)
            self.assertGreater(metric(server, "overloaded_total"), 0)

    def test_bytes_in_flight_are_bounded(self):
        body = b"x" * 40000
        with Server("--max-in-flight", "65536") as server:
            with connect(server) as held:
                held.sendall(
                    b"POST /api/v1/schedule HTTP/1.1\r\nHost: x\r\nContent-Type:"
                    b" text/plain\r\nContent-Length: 40000\r\n\r\n"
                )
                wait_until(lambda: metric(server, "http_bytes_in_flight") > 40000)
                self.assertEqual(server.ask("POST", "/api/v1/schedule", body, KIND)[0], 503)
                self.assertEqual(server.ask("GET", "/api/v1/catalog")[0], 200)
            wait_until(lambda: metric(server, "http_bytes_in_flight") < 20000)
            self.assertEqual(server.ask("POST", "/api/v1/schedule", body, KIND)[0], 400)

    def test_memory_comes_back(self):
        with Server() as server:
            server.ask("GET", "/api/v1/catalog")
            idle = resident_mb(server)
            statuses = {
                status
                for status, _ in ask_at_once(server, 8 if SANITIZED else 64, large_plan(2000))
            }
            self.assertIn(200, statuses)
            self.assertLessEqual(statuses, {200, 503})
            if not SANITIZED:
                wait_until(lambda: resident_mb(server) < idle + ABOVE_IDLE_MB, 60)

    def test_without_files_it_neither_spins_nor_falls_silent(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100) if hard < 100 else (100, hard))
        try:
            with Server("--connections", "30", "--keep-alive", "60000") as server:
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
                held = [connect(server) for _ in range(120)]
                wait_until(lambda: metric(server, "http_connections") <= 30)
                before = processor_s(server)
                time.sleep(1)
                self.assertLess(processor_s(server) - before, 0.5)
                self.assertEqual(server.ask("GET", "/api/v1/catalog")[0], 200)
                for s in held:
                    s.close()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        self.assertIn("connections_full", [line["event"] for line in server.log_lines()])

    def test_when_the_system_has_no_files_it_waits(self):
        with Server("--header-timeout", "1500") as server:
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (60, 60))
            held = [connect(server) for _ in range(100)]
            for s in held:
                s.sendall(b"GET / HTTP/1.1\r\nHost: te")  # none is idle, so none makes way
            time.sleep(2)  # what it does with the connections that it could take
            before = processor_s(server)
            time.sleep(2)
            self.assertLess(
                processor_s(server) - before, 1
            )  # a server that spins would take both seconds
            self.assertEqual(server.ask("GET", "/api/v1/catalog")[0], 200)
            for s in held:
                s.close()
        self.assertIn("cannot_accept", [line["event"] for line in server.log_lines()])

    def test_a_catalog_that_does_not_come_blocks_no_signal(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "songs.csv")
            shutil.copy(CATALOG, path)
            with Server(catalog=path) as server:
                os.remove(path)
                os.mkfifo(path)
                server.process.send_signal(signal.SIGHUP)
                time.sleep(0.2)
                self.assertEqual(server.ask("GET", "/api/v1/catalog")[0], 200)
                os.remove(path)
                shutil.copy(CATALOG, path)
                server.process.send_signal(signal.SIGHUP)
                deadline = time.monotonic() + 20
                while 'result="done"} 1' not in server.ask("GET", "/metrics")[2].decode():
                    self.assertLess(time.monotonic(), deadline, "the file is not read again")
                    time.sleep(0.05)
                server.process.send_signal(signal.SIGTERM)
                self.assertEqual(server.process.wait(20), 0)
            events = [line["event"] for line in server.log_lines()]
            self.assertIn("catalog_not_reloaded", events)

    def test_one_thread_is_enough(self):
        with Server("--threads", "1") as server:
            for _ in range(3):
                self.assertEqual(
                    server.ask("POST", "/api/v1/schedule", large_plan(2), KIND)[0], 200
                )
                self.assertEqual(server.ask("GET", "/")[0], 200)


if __name__ == "__main__":
    unittest.main()
