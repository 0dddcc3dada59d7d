#!/usr/bin/env python3
"""Simulate from measured costs how far the web server scales, what it costs, and which limit it
meets first.

usage: simulate_scale.py [COSTS.json] [PRICES.json]     (docs/data/server-costs.json,
docs/data/prices.json)

Writes its tables into docs/costs.md, between its marks.

tools/measure_server.py writes COSTS.json. The script answers three questions:
1. How busy may a core be? A discrete-event simulation has Poisson arrivals, the measured mix and a
   few schedules that reach their limit. Each task has one core, which its requests share, and the
   balancer chooses the task with the fewest requests.
2. How busy may a core be if traffic jumps? New tasks start only after the metric shows the jump and
   a container has started.
3. What is the load of each part from 1 to 1,000,000 requests/s, and which part meets its limit
   first?
The simulation is seeded, so it prints the same tables every time.
"""

import contextlib
import heapq
import io
import json
import math
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIME_LIMIT_S = 0.5  # --time-limit of the server
# schedules that need all of it: an assumption, far above what the plans of the examples show
LIMIT_SHARE = 0.001
TARGET_S = 0.05
MARKS = ("<!-- tables of tools/simulate_scale.py -->", "<!-- end of tables -->")
HOURS = 730  # of a month


def mean_cost(costs, limit_share=LIMIT_SHARE):
    weight = sum(kind["weight"] for kind in costs.values())
    mean = {
        key: sum(k["weight"] * k[key] for k in costs.values()) / weight
        for key in ("cpu_ms", "answer_bytes", "log_bytes")
    }
    share = costs["schedule"]["weight"] / weight
    mean["cpu_ms"] += share * limit_share * (1000 * TIME_LIMIT_S - costs["schedule"]["cpu_ms"])
    return mean


class Core:
    """A core that shares itself evenly among its requests, in virtual time: one unit of it serves
    each request one second.
    """

    def __init__(self):
        self.now = self.virtual = 0.0
        self.waiting = []  # (virtual end, arrival)

    def advance(self, until, done):
        while self.waiting:
            end, arrival = self.waiting[0]
            at = self.now + (end - self.virtual) * len(self.waiting)
            if at > until:
                break
            heapq.heappop(self.waiting)
            self.now, self.virtual = at, end
            done.append(at - arrival)
        if self.waiting:
            self.virtual += (until - self.now) / len(self.waiting)
        self.now = until


def service_times(costs, count, rng):
    names = list(costs)
    for name in rng.choices(names, [costs[name]["weight"] for name in names], k=count):
        if name == "schedule" and rng.random() < LIMIT_SHARE:
            yield TIME_LIMIT_S
        else:
            yield costs[name]["cpu_ms"] / 1000


def simulate(costs, busy, cores, count=300_000):
    """Response times in seconds, sorted."""
    rng = random.Random(cores * 1000 + round(busy * 100))
    rate = busy * cores / (mean_cost(costs)["cpu_ms"] / 1000)
    tasks, done, now = [Core() for _ in range(cores)], [], 0.0
    for need in service_times(costs, count, rng):
        now += rng.expovariate(rate)
        for task in tasks:
            task.advance(now, done)
        least = min(tasks, key=lambda task: len(task.waiting))
        heapq.heappush(least.waiting, (least.virtual + need, now))
    for task in tasks:
        task.advance(math.inf, done)
    return sorted(done)


def jump(busy, factor, seen_s=120, start_s=60):
    """Seconds until the backlog is gone, and the longest delay, if traffic multiplies at once:
    fluid, one core's worth.

    seen_s: two one-minute points of the metric; start_s: placing, pulling and starting a container,
    and its first checks.
    """
    load, backlog, worst, second = busy * factor, 0.0, 0.0, 0
    while second < 3600:
        capacity = 1.0 if second < seen_s + start_s else factor
        backlog = max(0.0, backlog + load - capacity)
        worst = max(worst, backlog / capacity)
        second += 1
        if backlog == 0 and second > seen_s + start_s:
            break
    return second if worst > 0 else 0, worst


def month(prices, rate, tasks, mean):
    seconds = HOURS * 3600
    out_gb = rate * mean["answer_bytes"] * seconds / 1e9
    log_gb = rate * mean["log_bytes"] * seconds / 1e9
    aws, azure = prices["aws"], prices["azure"]
    units = max(
        rate / aws["new_connections_per_lcu"] / aws["requests_per_connection"],
        rate * mean["answer_bytes"] * 3600 / 1e9,
    )
    fargate = tasks * HOURS * (aws["vcpu_hour"] + 2 * aws["gb_hour"])
    balancer = HOURS * (aws["balancer_hour"] + units * aws["lcu_hour"])
    apps = (
        tasks * seconds * (azure["vcpu_second"] + 2 * azure["gib_second"])
        + rate * seconds / 1e6 * azure["million_requests"]
    )
    return {
        "tasks": fargate,
        "balancer": balancer,
        "traffic": out_gb * aws["gb_out"],
        "logs": log_gb * aws["gb_log"],
        "azure": apps + out_gb * azure["gb_out"] + log_gb * azure["gb_log"],
    }


def ladder(limits, rate, tasks, mean, memory_mb):
    """Each part's load as a share of its limit."""
    return {
        "vCPU quota of a new AWS account (%d, raised on request)"
        % limits["vcpus_of_new_account"]: (tasks / limits["vcpus_of_new_account"]),
        "targets of one load balancer (%d)" % limits["targets_per_balancer"]: (
            tasks / limits["targets_per_balancer"]
        ),
        "network of a task (%g Gbit/s)" % limits["task_gbit"]: (
            rate / tasks * mean["answer_bytes"] * 8 / 1e9 / limits["task_gbit"]
        ),
        "calls that write logs (%d/s an account)" % limits["log_calls_s"]: (
            (tasks / limits["log_flush_s"] + rate * mean["log_bytes"] / limits["log_call_bytes"])
            / limits["log_calls_s"]
        ),
        "memory of a task (2 GB)": memory_mb / 2048,
    }


def main(
    costs_file=ROOT / "docs/data/server-costs.json", prices_file=ROOT / "docs/data/prices.json"
):
    measured = json.loads(pathlib.Path(costs_file).read_text(encoding="utf-8"))
    prices = json.loads(pathlib.Path(prices_file).read_text(encoding="utf-8"))
    costs, mean = measured["requests"], mean_cost(measured["requests"])
    per_core = 1000 / mean["cpu_ms"]
    print("| request | per visit | processor ms | answer bytes |\n| --- | --- | --- | --- |")
    for name, kind in costs.items():
        print(
            "| %s | %d | %.3f | %d |" % (name, kind["weight"], kind["cpu_ms"], kind["answer_bytes"])
        )
    print(
        "\nIf one schedule in %d reaches its limit of %g s, this mix takes %.3f ms a request, so"
        " one core handles at most %s\nrequests/s (%s if no schedule reaches the limit, %s if one"
        " in 100 does).\n"
        % (
            1 / LIMIT_SHARE,
            TIME_LIMIT_S,
            mean["cpu_ms"],
            *(
                format(round(1000 / mean_cost(costs, share)["cpu_ms"], -1), ",.0f")
                for share in (LIMIT_SHARE, 0, 0.01)
            ),
        )
    )

    print("Simulated response times, by the share of time that the tasks are busy:\n")
    print("| busy | 1 task: p99, p99.9 ms | 2 tasks | 8 tasks |\n| --- | --- | --- | --- |")
    allowed = 0.1
    for busy in (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        row = []
        for cores in (1, 2, 8):
            times = simulate(costs, busy, cores)
            row.append((times[len(times) * 99 // 100], times[len(times) * 999 // 1000]))
        if row[1][1] <= TARGET_S:
            allowed = busy
        print(
            "| %.0f %% | %s |"
            % (100 * busy, " | ".join("%.1f, %.1f" % (1000 * m, 1000 * p) for m, p in row))
        )
    print(
        "\nWith two tasks up to %.0f %% busy, 999 of 1,000 answers arrive within %g ms.\n"
        % (100 * allowed, 1000 * TARGET_S)
    )

    print("Simulated delays if traffic doubles or quadruples at once:\n")
    print(
        "| busy before | traffic doubles: longest wait, s | recovered after, s | traffic x4:"
        " longest wait, s | recovered after, s |"
    )
    print("| --- | --- | --- | --- | --- |")
    target = 0.2
    for busy in (0.2, 0.3, 0.4, 0.5, 0.6):
        (over2, wait2), (over4, wait4) = jump(busy, 2), jump(busy, 4)
        if wait2 == 0 and busy <= allowed:
            target = busy
        print("| %.0f %% | %.0f | %d | %.0f | %d |" % (100 * busy, wait2, over2, wait4, over4))
    useful = per_core * target
    print(
        "\nSo the target for each task is %.0f %% of a core: %s requests/s, or %s a minute.\n"
        % (100 * target, format(round(useful, -1), ",.0f"), format(round(useful * 60, -3), ",.0f"))
    )

    print(
        "| requests/s | tasks | AWS: tasks | balancer | traffic out | logs | AWS a month | Azure a"
        " month |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for rate in (1, 100, 10_000):
        tasks = max(2, math.ceil(rate / useful))
        bill = month(prices, rate, tasks, mean)
        total = sum(bill[part] for part in ("tasks", "balancer", "traffic", "logs"))
        print(
            "| %s | %d | %s | $%s |"
            % (
                format(rate, ","),
                tasks,
                " | ".join(
                    "$" + format(bill[part], ",.0f")
                    for part in ("tasks", "balancer", "traffic", "logs")
                )
                + " | $"
                + format(total, ",.0f"),
                format(bill["azure"], ",.0f"),
            )
        )

    print(
        "\n| requests/s | tasks | part closest to its limit | share of the limit | next part"
        " | share |\n| --- | --- | --- | --- | --- | --- |"
    )
    for exponent in range(0, 7):
        rate = 10**exponent
        tasks = max(2, math.ceil(rate / useful))
        parts = ladder(prices["limits"], rate, tasks, mean, measured["memory_mb"])
        (first, full), (second, less) = sorted(parts.items(), key=lambda part: -part[1])[:2]
        print(
            "| %s | %s | %s | %.3g %% | %s | %.2g %% |"
            % (format(rate, ","), format(tasks, ","), first, 100 * full, second, 100 * less)
        )


def update_page():
    page = ROOT / "docs/costs.md"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0])
    tables = io.StringIO()
    with contextlib.redirect_stdout(tables):
        main(*sys.argv[1:])
    page.write_text(
        before + MARKS[0] + "\n\n" + tables.getvalue() + "\n" + MARKS[1] + rest.split(MARKS[1])[1],
        encoding="utf-8",
    )


if len(sys.argv) > 3:
    sys.exit(__doc__)
update_page()
