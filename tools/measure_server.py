#!/usr/bin/env python3
"""Measure what each kind of request costs the web server: processor time, bytes of answer, bytes of
log.

usage: measure_server.py SERVER CATALOG.csv PLAN.txt [REQUESTS] >FILE.json

Processor time is the server's own (user and system, from /proc), so other work on the machine
disturbs it little. One connection is kept open, and requests follow each other.
tools/simulate_scale.py reads the result.
"""

import http.client
import json
import os
import pathlib
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")
ROUNDS = 5


def kinds(plan):
    """The requests of one visit: the page, looking around, then planning.

    Weights are how often each comes in one visit.
    """
    return {
        "page": (1, "GET", "/", None),
        "search": (6, "GET", "/api/v1/songs?q=night", None),
        "top": (1, "GET", "/api/v1/popularity/top?limit=20", None),
        "groups": (1, "GET", "/api/v1/popularity/groups?by=genre", None),
        "schedule": (3, "POST", "/api/v1/schedule", plan),
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processor_seconds(pid):
    fields = (
        pathlib.Path("/proc/%d/stat" % pid).read_text(encoding="ascii").rsplit(") ", 1)[1].split()
    )
    return (int(fields[11]) + int(fields[12])) / TICKS


def ask(connection, method, path, body):
    headers = {"Content-Type": "text/plain", "Accept": "application/json"} if body else {}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    data = answer.read()
    if answer.status != 200:
        sys.exit("%s %s: %d %s" % (method, path, answer.status, data[:300]))
    return len(data) + sum(len(k) + len(v) + 4 for k, v in answer.getheaders()) + 17


def measure(server, log, port, request, count):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    ask(connection, *request)
    costs, size, logged = [], 0, os.path.getsize(log)
    for _ in range(ROUNDS):
        before = processor_seconds(server.pid)
        for _ in range(count):
            size = ask(connection, *request)
        costs.append((processor_seconds(server.pid) - before) / count)
    time.sleep(0.2)
    logged = (os.path.getsize(log) - logged) / (ROUNDS * count + 1)
    return {
        "cpu_ms": round(1000 * statistics.median(costs), 4),
        "answer_bytes": size,
        "log_bytes": round(logged),
    }


def main(program, catalog, plan_file, count="2000"):
    plan = pathlib.Path(plan_file).read_bytes()
    port = free_port()
    with tempfile.NamedTemporaryFile() as log:
        command = [program, "--catalog", catalog, "--port", str(port)]
        with subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as server:
            try:
                for _ in range(100):
                    if (
                        subprocess.run(
                            [program, "--probe", "--port", str(port)], check=False
                        ).returncode
                        == 0
                    ):
                        break
                    time.sleep(0.1)
                result = {}
                for name, (weight, *request) in kinds(plan).items():
                    result[name] = {
                        "weight": weight,
                        **measure(server, log.name, port, request, int(count)),
                    }
                status = pathlib.Path("/proc/%d/status" % server.pid).read_text(encoding="ascii")
                memory = next(
                    int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")
                )
            finally:
                server.terminate()
    model = [
        line.split(":", 1)[1].strip()
        for line in open("/proc/cpuinfo", encoding="utf-8")
        if line.startswith("model name")
    ]
    print(
        json.dumps(
            {
                "processor": (model or [platform.machine()])[0],
                "catalog": os.path.basename(catalog),
                "plan": os.path.basename(plan_file),
                "memory_mb": round(memory / 1024, 1),
                "requests": result,
            },
            indent=2,
        )
    )


if len(sys.argv) not in (4, 5):
    sys.exit(__doc__)
main(*sys.argv[1:])
