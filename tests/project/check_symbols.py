#!/usr/bin/env python3
"""Check that the shared library exports exactly the functions of the public headers.

usage: check_symbols.py LIBRARY.so SONAME-NUMBER
"""

import subprocess
import sys

import headers


def main():
    library, abi = sys.argv[1:]
    declared = {prototype.name for prototype in headers.prototypes()}
    exported = headers.exported_symbols(library)
    faults = ["declared, but not exported: " + name for name in sorted(declared - exported.keys())]
    faults += ["exported, but not declared: " + name for name in sorted(exported.keys() - declared)]
    version = "MUSICSCHED_" + abi
    faults += [
        "%s has the version %s" % item for item in sorted(exported.items()) if item[1] != version
    ]
    dynamic = subprocess.run(
        ["readelf", "-d", library], check=True, capture_output=True, text=True
    ).stdout
    if "soname: [libmusicsched.so.%s]" % abi not in dynamic:
        faults.append("the soname is not libmusicsched.so." + abi)
    print("\n".join(faults) if faults else "%d symbols" % len(exported))
    return 1 if faults else 0


sys.exit(main())
