#!/usr/bin/env python3
"""Measure the web server on this machine and write docs/assessment.md with its plots.

usage: assess.py BUILD CATALOG.csv DOCS [--duration S] [--repeats N] [--soak S] [--connections N] [--rates R,R,..]

Server and generator share the machine's cores, over loopback. In the same run: the server at fixed rates (open loop) and
at its maximum (closed loop), a bare CivetWeb handler that answers as many constant bytes, and Flask with gunicorn
answering them (where both are installed). Exit status 1 where a bar is missed.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
BARS = {"p99_ms": 10.0, "share_of_bare": 0.6, "rate": 10000}


class Running:
    """A server process whose resident memory is watched."""

    def __init__(self, command, port, env=None):
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.memory, self.began, self.port = [], time.monotonic(), port
        self.wait()
        threading.Thread(target=self.watch, daemon=True).start()

    def wait(self):
        import socket
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("nothing listens on port %d" % self.port)

    def watch(self):
        while self.process.poll() is None:
            try:
                text = pathlib.Path("/proc/%d/status" % self.process.pid).read_text(encoding="ascii")
                self.memory.append((time.monotonic() - self.began, int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024))
            except (OSError, AttributeError):
                return
            time.sleep(0.25)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def generate(options, port, rate, duration, connections=None):
    command = [options.build / "bench/load/loadgen", "--port", str(port), "--rate", str(rate), "--duration", str(duration),
               "--connections", str(connections or options.connections), "--bodies", str(options.plans)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def solved(port):
    """How the schedules of this server ended, from its own metrics."""
    import urllib.request
    text = urllib.request.urlopen("http://127.0.0.1:%d/metrics" % port, timeout=10).read().decode()
    found = {"%s/%s" % (status, stop): int(n) for status, stop, n in re.findall(r'schedules_total\{status="(\w+)",stop="(\w+)"\} (\d+)', text)}
    return {name: n for name, n in found.items() if n}


def measure(options):
    server = [options.build / "examples/server/musicsched-server", "--catalog", str(options.catalog), "--log", "off", "--port"]
    out = {"rates": {}, "closed": [], "bare": [], "flask": [], "bare_open": [], "flask_open": []}
    for repeat in range(options.repeats):
        with Running([*server, "8191"], 8191) as running:
            generate(options, 8191, 1000, 2)  # warm
            for rate in options.rates:
                print("round %d: %d/s" % (repeat + 1, rate), flush=True)
                out["rates"].setdefault(rate, []).append(generate(options, 8191, rate, options.duration))
            print("round %d: maximum" % (repeat + 1), flush=True)
            out["closed"].append(generate(options, 8191, 0, options.duration))
            out["solved"] = solved(8191)
            out["memory"] = list(running.memory)
        size = str(int(out["closed"][-1]["bytes_per_answer"]))
        with Running([options.build / "bench/load/bare_civetweb", "8192", size], 8192):
            generate(options, 8192, 1000, 1)
            print("round %d: bare CivetWeb" % (repeat + 1), flush=True)
            out["bare"].append(generate(options, 8192, 0, options.duration))
            out["bare_open"].append(generate(options, 8192, BARS["rate"], options.duration))
        gunicorn = shutil.which("gunicorn", path=str(pathlib.Path(sys.executable).parent)) or shutil.which("gunicorn")
        if gunicorn:
            command = [gunicorn, "--chdir", str(HERE), "-w", str(os.cpu_count()), "-k", "gthread", "--threads", "32", "--keep-alive", "5", "-b", "127.0.0.1:8193", "flask_app:app"]
            with Running(command, 8193, dict(os.environ, ANSWER_BYTES=size)):
                print("round %d: Flask and gunicorn" % (repeat + 1), flush=True)
                out["flask"].append(generate(options, 8193, 0, options.duration, 32))
                out["flask_open"].append(generate(options, 8193, 1000, options.duration, 32))
    if options.soak:
        with Running([*server, "8194"], 8194) as running:
            print("soak: %d s at 2,000/s" % options.soak, flush=True)
            out["soak"] = generate(options, 8194, 2000, options.soak)
            out["soak_memory"] = list(running.memory)
    return out


def svg(lines, label, x_label, y_label, log_x=False, log_y=False):
    """A plot of {name: [(x, y)]}, drawn here so that nothing has to be installed."""
    import math
    width, height, left, bottom, top = 720, 340, 64, 46, 16
    fx = (lambda v: math.log10(v)) if log_x else (lambda v: v)
    fy = (lambda v: math.log10(max(v, 1e-3))) if log_y else (lambda v: v)
    xs = [fx(x) for points in lines.values() for x, _ in points]
    ys = [fy(y) for points in lines.values() for _, y in points]
    low_x, high_x, low_y, high_y = min(xs), max(xs), min(ys) if log_y else 0, max(ys) * (1 if log_y else 1.08)
    px = lambda x: left + (fx(x) - low_x) / ((high_x - low_x) or 1) * (width - left - 170)
    py = lambda y: height - bottom - (fy(y) - low_y) / ((high_y - low_y) or 1) * (height - bottom - top)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" font-family="sans-serif" font-size="13"><rect width="100%%" height="100%%" fill="#fff"/>' % (width, height, label)]
    marks = [10 ** k for k in range(math.floor(low_y), math.ceil(high_y) + 1)] if log_y else [high_y * k / 5 for k in range(6)]
    for v in marks:
        if low_y - 1e-9 <= fy(v) <= high_y + 1e-9:
            out.append('<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end" fill="#555">%g</text>' % (left, py(v), width - 170, left - 8, py(v) + 4, round(v, 3) if v < 10 else round(v)))
    for x in sorted({x for points in lines.values() for x, _ in points}) if log_x else [low_x + (high_x - low_x) * k / 5 for k in range(6)]:
        out.append('<text x="%.1f" y="%d" text-anchor="middle" fill="#555">%g</text>' % (px(x), height - bottom + 18, round(x, 1)))
    for i, (name, points) in enumerate(lines.items()):
        colour = ["#3f51c4", "#1f8a6d", "#d0742c", "#8d5fd3", "#b3261e", "#777"][i % 6]
        out.append('<polyline fill="none" stroke="%s" stroke-width="2" points="%s"/>' % (colour, " ".join("%.1f,%.1f" % (px(x), py(y)) for x, y in points)))
        out.append('<text x="%d" y="%d" fill="%s">%s</text>' % (width - 160, top + 16 + 18 * i, colour, name))
    out.append('<text x="%d" y="%d" text-anchor="middle">%s</text><text x="14" y="%d" transform="rotate(-90 14 %d)" text-anchor="middle">%s</text></svg>' % ((left + width - 170) / 2, height - 8, x_label, height / 2, height / 2, y_label))
    return "\n".join(out) + "\n"


def middle(runs, key):
    values = [run[key] for run in runs]
    return "%.4g (%.4g to %.4g)" % (statistics.median(values), min(values), max(values)) if len(values) > 1 else "%.4g" % values[0]


def verdicts(out):
    """(what, measured, bar, held) of each bar."""
    bars = []
    ten = out["rates"].get(BARS["rate"])
    if ten:
        worst = max(run["p99_ms"] for run in ten)
        slow = min(run["achieved"] for run in ten)
        errors = sum(run["errors"] for run in ten)
        bars.append(("10,000 schedules/s, open loop: p99 in the worst round", "%.2f ms" % worst, "at most 10 ms", worst <= BARS["p99_ms"]))
        bars.append(("10,000 schedules/s: achieved in the worst round, errors", "%.0f/s, %d" % (slow, errors), "9,990/s, 0", slow >= 9990 and errors == 0))
    share = statistics.median(r["achieved"] for r in out["closed"]) / statistics.median(r["achieved"] for r in out["bare"])
    bars.append(("closed-loop maximum, share of a bare CivetWeb handler's", "%.2f" % share, "at least 0.6", share >= BARS["share_of_bare"]))
    if "soak" in out:
        memory = [m for _, m in out["soak_memory"]]
        settled = memory[len(memory) // 4:]
        growth = max(settled) - settled[0]
        bars.append(("soak at 2,000/s: memory grown after the first quarter, errors", "%.1f MB, %d" % (growth, out["soak"]["errors"]), "at most 4 MB, 0", growth <= 4 and out["soak"]["errors"] == 0))
    return bars


def row(name, runs):
    return "| %s | %s | %d | %s |" % (name, middle(runs, "achieved"), sum(r["errors"] for r in runs),
                                      " | ".join(middle(runs, key) for key in ("p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms")))


def write(out, options, bars):
    pictures = options.docs / "assessment"
    pictures.mkdir(exist_ok=True)
    curves = {"%d/s" % rate: [(100 * s, y) for s, y in runs[len(runs) // 2]["curve"]] for rate, runs in out["rates"].items()}
    (pictures / "latency.svg").write_text(svg(curves, "Latency by percentile", "percentile", "ms", log_y=True), encoding="utf-8")
    by_rate = {key.replace("_ms", ""): [(rate, statistics.median(r[key] for r in runs)) for rate, runs in out["rates"].items()] for key in ("p50_ms", "p99_ms", "p999_ms")}
    (pictures / "rates.svg").write_text(svg(by_rate, "Latency by rate", "requests/s offered", "ms", log_x=True, log_y=True), encoding="utf-8")
    memory = {"fixed rates": out["memory"]}
    if "soak_memory" in out:
        memory["soak"] = out["soak_memory"]
    (pictures / "memory.svg").write_text(svg(memory, "Resident memory over time", "s", "MB"), encoding="utf-8")
    cpu = re.search(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    text = ["# Assessment of the web server", "",
            "Written by `make assess` on %s; do not edit. %s, %d cores shared by server and generator, Linux %s, loopback, %d keep-alive"
            % (datetime.date.today().isoformat(), cpu.group(1) if cpu else platform.machine(), os.cpu_count(), platform.release(), options.connections),
            "connections; %d rounds of %d s for each figure, the median with the lowest and highest round in brackets. Load average before: %.1f." % (options.repeats, options.duration, options.load),
            "", "Every request is a different day of about 8 to-dos and 6 songs (bench/load/make_plans.py, fixed seed; the request's number is in a title),",
            "looked up in the catalog and solved. Latency is counted from the time at which a request was meant to be sent, whatever the server",
            "was doing then, in log-linear buckets of 1.6 %%. Schedules of the last round by status and by what stopped the solver: %s." % ", ".join("%s %d" % item for item in out["solved"].items()),
            "", "## Bars", "", "| bar | measured | asked | |", "| --- | --- | --- | --- |"]
    text += ["| %s | %s | %s | %s |" % (what, measured, bar, "held" if held else "**missed**") for what, measured, bar, held in bars]
    text += ["", "## Open loop", "", "| offered | achieved/s | errors | p50 ms | p90 ms | p99 ms | p99.9 ms | max ms |", "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    text += [row("musicsched-server, %s/s" % format(rate, ","), runs) for rate, runs in out["rates"].items()]
    text.append(row("bare CivetWeb handler, 10,000/s", out["bare_open"]))
    if out["flask_open"]:
        text.append(row("Flask and gunicorn, constant answer, 1,000/s", out["flask_open"]))
    text += ["", "![Latency by percentile](assessment/latency.svg)", "", "![Latency by rate](assessment/rates.svg)", "", "## Closed loop (maximum)", "",
             "Each connection asks again as soon as it is answered; latencies here say little.", "", "| server | achieved/s | errors | p50 ms | p90 ms | p99 ms | p99.9 ms | max ms |", "| --- | --- | --- | --- | --- | --- | --- | --- |",
             row("musicsched-server, solving", out["closed"]), row("bare CivetWeb handler, constant", out["bare"])]
    if out["flask"]:
        text.append(row("Flask and gunicorn, constant", out["flask"]))
    else:
        text.append("\nFlask and gunicorn were not installed in this run.")
    text += ["", "## Memory", "", "Resident at the end of the fixed rates: %.1f MB." % out["memory"][-1][1]]
    if "soak" in out:
        text.append("Soak: %d s at 2,000/s, %s answers, %d errors, p99 %.2f ms; %.1f MB at the first quarter, %.1f MB at the end."
                    % (options.soak, format(out["soak"]["answered"], ","), out["soak"]["errors"], out["soak"]["p99_ms"], out["soak_memory"][len(out["soak_memory"]) // 4][1], out["soak_memory"][-1][1]))
    text += ["", "![Resident memory over time](assessment/memory.svg)", ""]
    (options.docs / "assessment.md").write_text("\n".join(text), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("catalog", type=pathlib.Path)
    parser.add_argument("docs", type=pathlib.Path)
    parser.add_argument("--duration", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--soak", type=int, default=120)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rates", type=lambda text: [int(r) for r in text.split(",")], default=[100, 1000, 10000])
    options = parser.parse_args()
    options.load = os.getloadavg()[0]
    options.plans = options.build / "plans.jsonl"
    subprocess.run([sys.executable, HERE / "make_plans.py", options.catalog, "20000", options.plans], check=True)
    out = measure(options)
    bars = verdicts(out)
    write(out, options, bars)
    for what, measured, bar, held in bars:
        print("%-70s %-16s (%s) %s" % (what, measured, bar, "held" if held else "MISSED"))
    return 0 if all(held for *_, held in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
