"""What a load measurement is made of: a server whose memory and processor time are watched, and
loadgen against it.
"""

import json
import os
import pathlib
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """with Running([program, "--port", PORT]) as server: ...

    (PORT in the command is replaced by a free port)
    """

    def __init__(self, command, env=None, sample_s=0.25):
        self.port = free_port()
        command = [str(part).replace("PORT", str(self.port)) for part in command]
        self.process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
        )
        self.memory, self.began, self.sample_s = [], time.monotonic(), sample_s
        self.wait()
        threading.Thread(target=self.watch, daemon=True).start()

    def wait(self):
        for _ in range(400):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("%s does not listen" % self.process.args)

    def watch(self):
        """Resident memory in MB over time in s."""
        while self.process.poll() is None:
            try:
                status = pathlib.Path("/proc/%d/status" % self.process.pid).read_text(
                    encoding="ascii"
                )
                self.memory.append(
                    (
                        time.monotonic() - self.began,
                        int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024,
                    )
                )
            except (OSError, AttributeError):
                return
            time.sleep(self.sample_s)

    def cpu_s(self):
        """Processor time of the process and of those that it started, user and system."""

        def own(pid):
            try:
                fields = (
                    pathlib.Path("/proc/%d/stat" % pid)
                    .read_text(encoding="ascii")
                    .rsplit(") ", 1)[1]
                    .split()
                )
                children = (
                    pathlib.Path("/proc/%d/task/%d/children" % (pid, pid))
                    .read_text(encoding="ascii")
                    .split()
                )
            except OSError:
                return 0
            return (int(fields[11]) + int(fields[12])) / TICKS + sum(
                own(int(child)) for child in children
            )

        return own(self.process.pid)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def load(build, server, plans, rate, duration, connections):
    """What loadgen reports of `duration` seconds at `rate` requests/s (0: closed loop), with the
    server's processor time.
    """
    before = server.cpu_s()
    command = [
        build / "bench/load/loadgen",
        "--port",
        server.port,
        "--rate",
        rate,
        "--duration",
        duration,
        "--connections",
        connections,
        "--bodies",
        plans,
    ]
    report = json.loads(
        subprocess.run(
            [str(part) for part in command], check=True, capture_output=True, text=True
        ).stdout
    )
    report["cpu_us"] = 1e6 * (server.cpu_s() - before) / max(report["answered"], 1)
    return report


def musicsched_server(build, catalog):
    return [
        build / "examples/server/musicsched-server",
        "--catalog",
        catalog,
        "--log",
        "off",
        "--port",
        "PORT",
    ]


def gunicorn():
    """The program, beside this Python or on PATH; None where it is not installed."""
    return shutil.which("gunicorn", path=str(pathlib.Path(sys.executable).parent)) or shutil.which(
        "gunicorn"
    )


def make_plans(catalog, path, count=20000, kind="easy"):
    subprocess.run(
        [sys.executable, HERE / "make_plans.py", catalog, str(count), path, kind], check=True
    )


def schedules(server):
    """{"optimal/none": 120, ..}: how the schedules of this server ended, by its own metrics."""
    metrics = (
        urllib.request.urlopen("http://127.0.0.1:%d/metrics" % server.port, timeout=20)
        .read()
        .decode()
    )
    found = re.findall(r'schedules_total\{status="(\w+)",stop="(\w+)"\} (\d+)', metrics)
    return {"%s/%s" % (status, stop): int(n) for status, stop, n in found if int(n)}


def machine():
    cpu = re.search(
        r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    )
    return "%s, %d cores, Linux %s" % (
        cpu.group(1) if cpu else platform.machine(),
        os.cpu_count(),
        platform.release(),
    )


def growth_mb(memory):
    """From the second quarter of a run to its last one, medians: what start and noise leave out."""

    def median(points):
        values = sorted(mb for _, mb in points)
        return values[len(values) // 2]

    quarter = max(len(memory) // 4, 1)
    return median(memory[-quarter:]) - median(memory[quarter : 2 * quarter])
