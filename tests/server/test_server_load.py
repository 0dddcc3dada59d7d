#!/usr/bin/env python3
"""The server under load: every answer is there, the catalog is read again meanwhile, and memory
stays flat.

usage: test_server_load.py [SECONDS]      A closed loop, so that a slow machine only makes fewer
requests. Memory is not judged where MUSICSCHED_SANITIZED is set: a sanitizer keeps what has been
freed.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

from server_testing import CATALOG, Server, wait_until

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/load"))
import rig  # noqa: E402

LOADGEN = os.environ.get("MUSICSCHED_LOADGEN", "build/bench/load/loadgen")
RELOADED = r'reloads_total\{result="done"\} [1-9]'
OTHERS = (
    "/",
    "/popularity",
    "/metrics",
    "/api/v1/catalog",
    "/api/v1/songs?q=the",
    "/api/v1/songs?mode=suggest&q=s",
    "/api/v1/popularity/top",
    "/api/v1/popularity/groups?by=genre",
    "/api/v1/popularity/histogram",
    "/api/v1/popularity/trend",
    "/api/v1/popularity/correlations",
)


class Companion:
    """Asks for everything else meanwhile, has the catalog read again, and notes the server's
    memory.
    """

    def __init__(self, server):
        self.server, self.stopping, self.statuses, self.memory, self.failures = (
            server,
            False,
            set(),
            [],
            [],
        )
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        began, turn = time.monotonic(), 0
        while not self.stopping:
            try:
                self.statuses.add(self.server.ask("GET", OTHERS[turn % len(OTHERS)])[0])
                if turn % 25 == 2:
                    self.server.process.send_signal(signal.SIGHUP)
                status = pathlib.Path("/proc/%d/status" % self.server.process.pid).read_text(
                    encoding="ascii"
                )
                self.memory.append(
                    (
                        time.monotonic() - began,
                        int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024,
                    )
                )
            except OSError as error:
                self.failures.append(repr(error))
            turn += 1
            time.sleep(0.1)

    def stop(self):
        self.stopping = True
        self.thread.join()


def main():
    seconds = sys.argv[1] if len(sys.argv) > 1 else "20"
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        plans = os.path.join(folder, "plans.jsonl")
        rig.make_plans(CATALOG, plans, 2000)
        companion = Companion(server)
        try:
            command = [
                LOADGEN,
                "--port",
                str(server.port),
                "--rate",
                "0",
                "--connections",
                "16",
                "--duration",
                seconds,
                "--bodies",
                plans,
            ]
            report = json.loads(
                subprocess.run(command, check=True, capture_output=True, text=True).stdout
            )
        finally:
            companion.stop()
        wait_until(lambda: re.search(RELOADED, server.ask("GET", "/metrics")[2].decode()), 120)
        solved = sum(rig.schedules(server).values())
    growth = rig.growth_mb(companion.memory)
    print("%d answers, %d errors, %.1f MB grown" % (report["answered"], report["errors"], growth))
    assert report["answered"] > 100 and report["errors"] == 0, report
    assert solved == report["answered"], "%d schedules were solved" % solved
    assert companion.failures == [] and companion.statuses == {200}, (
        companion.failures,
        companion.statuses,
    )
    assert os.environ.get("MUSICSCHED_SANITIZED") or growth <= 8, companion.memory
    ids = [line["request_id"] for line in server.log_lines() if line["event"] == "request"]
    assert len(ids) > report["answered"] and len(set(ids)) == len(ids), "%d ids for %d requests" % (
        len(set(ids)),
        len(ids),
    )


if __name__ == "__main__":
    main()
