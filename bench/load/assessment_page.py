"""docs/assessment.md and its plots, from what assess.py measured."""

import datetime
import os
import statistics

import plots
import rig

COLUMNS = ("p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms")
HEAD = (
    "achieved/s | errors | p50 ms | p90 ms | p99 ms | p99.9 ms | max ms | server's CPU, µs a"
    " request |"
)
RULE = "| --- " * 9 + "|"


def spread(reports, key):
    """Median, with the lowest and highest round."""
    values = [report[key] for report in reports]
    if len(values) == 1:
        return plots.number(values[0])
    return "%s (%s to %s)" % tuple(
        plots.number(float("%.3g" % v) if v < 1000 else v)
        for v in (statistics.median(values), min(values), max(values))
    )


def row(name, reports):
    errors = sum(report["errors"] for report in reports)
    return "| %s | %s | %d | %s | %s |" % (
        name,
        spread(reports, "achieved"),
        errors,
        " | ".join(spread(reports, key) for key in COLUMNS),
        spread(reports, "cpu_us"),
    )


def latency_plot(out):
    """By percentile; the round in the middle by p99."""
    series = {}
    for rate, reports in out.rates.items():
        middle = sorted(reports, key=lambda report: report["p99_ms"])[len(reports) // 2]
        series["%s/s" % format(rate, ",")] = [
            (100 * share, ms) for share, ms in middle["curve"] if share < 0.99995
        ]
    return plots.line_plot(
        "Latency by percentile, for each rate",
        series,
        plots.Axis("percentile", plots.nines, (0, 50, 90, 99, 99.9, 99.99), 0, 99.99),
        plots.Axis("latency, ms", plots.logarithmic),
    )


def rate_plot(out):
    names = {"p50_ms": "p50", "p90_ms": "p90", "p99_ms": "p99", "p999_ms": "p99.9"}
    series = {
        name: [
            (rate, statistics.median(r[key] for r in reports))
            for rate, reports in out.rates.items()
        ]
        for key, name in names.items()
    }
    rates = tuple(out.rates)
    return plots.line_plot(
        "Latency by offered rate",
        series,
        plots.Axis("requests/s offered", plots.logarithmic, rates, min(rates), max(rates)),
        plots.Axis("latency, ms", plots.logarithmic),
    )


def memory_plot(out, soaked):
    peak = max(mb for _, mb in [*out.memory, *soaked["memory"]])
    return plots.line_plot(
        "Resident memory over time",
        {
            "soak": [(s / 60, mb) for s, mb in soaked["memory"]],
            "last round": [(s / 60, mb) for s, mb in out.memory],
        },
        plots.Axis("minutes", low=0),
        plots.Axis("resident, MB", low=0, high=peak * 1.1),
    )


def method(out, options):
    return [
        "`make assess` wrote this page on %s; do not edit it. Machine: %s, shared by server and"
        " load generator; loopback, %d keep-alive connections. %d rounds of %d s"
        % (
            datetime.date.today().isoformat(),
            rig.machine(),
            options.connections,
            options.repeats,
            options.duration,
        ),
        "for each figure after a warm-up. Each figure is the median, with the lowest and the"
        " highest round in brackets. Load average before: %.1f." % options.load_average,
        "",
        (
            "Unless a row names hard days, every request is a different easy day of about 8 to-dos"
            " and 6 songs (`bench/load/make_plans.py`,"
        ),
        "fixed seed, 20,000 days; a title contains the request's number). The server looks up its"
        " songs in %s and solves it. Latency counts from the time at which a request was due,"
        % options.catalog.name,
        "even if the server was busy, in log-linear buckets of 1.6 %%. Schedules of the last round,"
        " by status and by what stopped the solver: %s." % outcomes(out.solved),
        *noise(options.load_average),
    ]


def outcomes(solved):
    return ", ".join("%s %s" % (name, format(n, ",")) for name, n in solved.items())


def noise(load_average):
    """A warning if other programs ran during the measurement."""
    if load_average <= 1.5 * os.cpu_count():
        return []
    return [
        "",
        (
            "**Other programs kept this machine busy. On a quiet machine, these figures would be"
            " better; measure again.**"
        ),
    ]


def hard_days(out):
    return [
        "",
        "## Hard days",
        "",
        (
            "The days above are easy: nearly everything fits, and the solver rarely searches. These"
            " have 2 to 5 events that may overlap, 2 to 14"
        ),
        (
            "tasks in tight time windows, and 3 to 8 songs with time windows. Schedules of the last"
            " round, by status and by what stopped the solver:"
        ),
        outcomes(out.hard_solved) + ".",
        "",
        "| offered | " + HEAD,
        RULE,
        *[
            row("hard days, %s/s" % format(rate, ","), reports)
            for rate, reports in out.hard_rates.items()
        ],
        row("hard days, closed loop (maximum)", out.hard_closed),
    ]


def soak_text(soaked):
    load = soaked["load_average"]
    return [
        "Soak of %d s at %s/s, recorded on %s (%s; load average %.1f before, %.1f after): %s"
        " answers, %d errors, p50 %.2f ms, p99 %.2f ms, longest %.0f ms."
        % (
            soaked["duration_s"],
            format(soaked["rate"], ","),
            soaked["date"],
            soaked["machine"],
            load["before"],
            load["after"],
            format(soaked["answered"], ","),
            soaked["errors"],
            soaked["p50_ms"],
            soaked["p99_ms"],
            soaked["max_ms"],
        ),
        "Memory grew by %.1f MB from its second quarter to its last. `make soak SOAK=1800`"
        " repeats the soak." % soaked["growth_mb"],
    ]


def page(out, soaked, bars, options):
    text = [
        "# Assessment of the web server",
        "",
        *method(out, options),
        "",
        "## Goals",
        "",
        "| figure | measured | goal | |",
        "| --- | --- | --- | --- |",
    ]
    text += [
        "| %s | %s | %s | %s |" % (what, measured, goal, "met" if met else "**missed**")
        for what, measured, goal, met in bars
    ]
    text += ["", "## Open loop", "", "| offered | " + HEAD, RULE]
    text += [
        row("musicsched-server, %s/s" % format(rate, ","), reports)
        for rate, reports in out.rates.items()
    ]
    text.append(row("bare CivetWeb handler, constant answer, 10,000/s", out.bare_open))
    if out.flask_open:
        text.append(row("Flask and gunicorn, constant answer, 1,000/s", out.flask_open))
    text += [
        "",
        "![Latency by percentile](assessment/latency.svg)",
        "",
        "![Latency by rate](assessment/rates.svg)",
        "",
        "## Closed loop (maximum)",
        "",
        (
            "Each connection sends the next request as soon as it has an answer. The rate matters"
            " here; the latencies mean little."
        ),
        "",
        "| server | " + HEAD,
        RULE,
        row("musicsched-server, solving", out.closed),
        row("bare CivetWeb handler, constant answer", out.bare),
    ]
    if out.flask:
        text.append(row("Flask and gunicorn, constant answer", out.flask))
    else:
        text += ["", "Flask and gunicorn were not installed in this run."]
    text += hard_days(out)
    text += [
        "",
        "## Memory",
        "",
        "Resident memory at the end of the last round: %.1f MB." % out.memory[-1][1],
        *soak_text(soaked),
        "",
        "![Resident memory over time](assessment/memory.svg)",
        "",
    ]
    return "\n".join(text)


def write(out, soaked, bars, options):
    pictures = options.docs / "assessment"
    pictures.mkdir(exist_ok=True)
    for name, plot in (
        ("latency", latency_plot(out)),
        ("rates", rate_plot(out)),
        ("memory", memory_plot(out, soaked)),
    ):
        (pictures / (name + ".svg")).write_text(plot, encoding="utf-8")
    (options.docs / "assessment.md").write_text(page(out, soaked, bars, options), encoding="utf-8")
