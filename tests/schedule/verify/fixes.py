"""Plans with the fix that an unplaced item offers."""

import copy

from day import clock, seconds


def with_fix(plan, item, fix, fewer=0):
    """The plan with the fix of an unplaced item, of `fewer` seconds less; None: it cannot be."""
    plan = copy.deepcopy(plan)
    amount = fix.get("amount_s", 0) - fewer
    target = None
    if item["kind"] == "todo":
        target = next(t for t in plan["todos"] if t["id"] == item["id"])
    elif item["kind"] == "song":
        target = plan["songs"][item["wanted"]]
    if target is None:
        return None
    if fix["kind"] == "later":
        if item["kind"] == "todo":
            target["latest"] = clock(seconds(item["window"][1]) + amount)
            end = seconds(target["latest"])
        elif "between" in target:
            target["between"][1] = clock(seconds(target["between"][1]) + amount)
            end = seconds(target["between"][1])
        else:
            end = seconds(plan["day"]["end"]) + amount
        if end > seconds(plan["day"]["end"]):
            plan["day"]["end"] = clock(end)
    elif fix["kind"] == "earlier":
        target["earliest"] = clock(seconds(item["window"][0]) - amount)
    elif fix["kind"] == "shorter" and item["kind"] == "todo":
        target["duration_s"] -= amount
        if target.get("split_min_s", 0) * 2 > target["duration_s"]:
            del target["split_min_s"]  # too short to be cut
    elif fix["kind"] == "split":
        if fewer:
            return None
        target["split_min_s"] = amount
    elif fix["kind"] == "drop":
        if fewer:
            return None
        if fix["id"].startswith("song "):
            del plan["songs"][int(fix["id"].split()[1])]
        else:
            gone = fix["id"]
            plan["todos"] = [t for t in plan["todos"] if t["id"] != gone]
            for t in plan["todos"]:
                for key in ("after", "before"):
                    t[key] = [a for a in t.get(key, []) if a != gone]
            rules = plan.get("listening", {})
            fills = [*rules.get("fills", []), rules.get("fill", {})]
            if any(w.get("during") == gone for w in plan["songs"] + fills):
                return None
    elif fix["kind"] in ("move_later", "move_earlier"):
        event = next(t for t in plan["todos"] if t["id"] == fix["id"])
        by = amount if fix["kind"] == "move_later" else -amount
        event["start"] = clock(seconds(event["start"]) + by)
        event["end"] = clock(seconds(event["end"]) + by)
        others = [t for t in plan["todos"] if "end" in t and t is not event]
        if fewer and any(t["start"] < event["end"] and t["end"] > event["start"] for t in others):
            return None  # it would lie over another event
    elif fix["kind"] == "date":
        if fewer:
            return None
        target["on"] = [fix["date"]]
        target.pop("due", None)
        target.pop("release", None)
    elif fix["kind"] == "music":
        if fewer:
            return None
        next(t for t in plan["todos"] if t["id"] == fix["id"])["music"] = True
    else:
        return None
    return plan


def missing_plays(schedule, item):
    """Plays of an unplaced song, or 1 for a to-do, that another schedule lacks."""
    same = [
        u
        for u in schedule["unplaced"]
        if u["kind"] == item["kind"]
        and (
            u.get("id") == item.get("id")
            if item["kind"] == "todo"
            else u["wanted"] == item["wanted"]
        )
    ]
    return sum(u.get("plays", 1) for u in same)
