#!/usr/bin/env python3
"""Processor time of the server's front thread for a request, which others hardly disturb.

usage: front_cost.py SERVER CATALOG LOADGEN      Linux only: reads /proc/PID/task/TID/schedstat
"""

import http.client
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PLAN = {"date": "2026-11-24", "todos": [{"title": "Work", "start": "09:00", "end": "17:00"}]}
NAME = "musicsched-serv"  # what Linux keeps of the program's name; CivetWeb names its own threads


def front_ns(pid):
    """Time on a processor of the front, the busiest thread beside the first and the workers."""
    times = [0]
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        if task.name != str(pid) and (task / "comm").read_text().strip() == NAME:
            times.append(int((task / "schedstat").read_text().split()[0]))
    return max(times)


def measure(pid, runs, ask):
    """The least of `runs`, in microseconds a request; `ask` makes requests and returns how many."""
    least = float("inf")
    for _ in range(runs):
        before = front_ns(pid)
        count = ask()
        least = min(least, (front_ns(pid) - before) / count / 1000)
    return least


def ask_in_turn(port):
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask():
        for _ in range(300):
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        return 300

    return ask


def ask_much(port, loadgen, bodies):
    command = [loadgen, "--rate", "3000", "--duration", "1", "--port", str(port)]

    def ask():
        done = subprocess.run([*command, "--bodies", bodies], capture_output=True, check=True)
        return json.loads(done.stdout)["answered"]

    return ask


def main():
    server, catalog, loadgen = sys.argv[1:4]
    command = [server, "--catalog", catalog, "--port", "0", "--log", "off"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+)/$", process.stderr.readline().strip()).group(1))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as bodies:
        bodies.write(json.dumps(PLAN) + "\n")
        bodies.flush()
        alone = measure(process.pid, 60, ask_in_turn(port))
        busy = measure(process.pid, 8, ask_much(port, loadgen, bodies.name))
    process.terminate()
    process.wait()
    print(f"front, one request after the other: {alone:.1f} us a request")
    print(f"front, 3,000 small plans a second:  {busy:.1f} us a request")


if __name__ == "__main__":
    main()
