#!/usr/bin/env python3
"""Check that every public function says what a caller has to know.

Each prototype has a comment with @since and @thread, with @return where it returns something, and
no @param of a name that it does not have. Each struct and enum has a comment. Prints each fault and
exits 1.
"""

import re
import sys

import headers


def prototype_faults(prototype):
    comment = prototype.comment
    if comment is None:
        return ["has no comment"]
    faults = ["lacks " + tag for tag in ("@since", "@thread") if tag not in comment]
    if prototype.returns.removeprefix("MSCHED_API").strip() != "void" and "@return" not in comment:
        faults.append("lacks @return")
    for name in re.findall(r"@param\s+(\w+)", comment):
        if name not in prototype.parameters:
            faults.append("documents a parameter %s that it does not have" % name)
    if not re.search(r"\w", re.split(r"@(?:param|return|thread|since)", comment)[0]):
        faults.append("does not say what it does")
    return faults


def convention_faults(prototype):
    """Uniform names let a handful of binding rules cover every function."""
    faults = []
    if "err" in prototype.parameters and prototype.parameters[-1] != "err":
        faults.append("takes err, but not last")
    if prototype.returns == "msched_result" and "error" in prototype.parameters:
        faults.append("calls its error something else than err")
    return faults


def main():
    found = headers.prototypes()
    faults = [
        "%s:%d: %s %s" % (prototype.header, prototype.line, prototype.name, fault)
        for prototype in found
        for fault in prototype_faults(prototype) + convention_faults(prototype)
    ]
    names = [prototype.name for prototype in found]
    faults += [
        "%s is declared twice" % name for name in sorted(set(names)) if names.count(name) > 1
    ]
    print("\n".join(faults) if faults else "%d functions are documented" % len(found))
    return 1 if faults or not found else 0


sys.exit(main())
