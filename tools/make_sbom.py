#!/usr/bin/env python3
"""Write the bill of materials of a release as SPDX 2.3: the library, and the works that
THIRD-PARTY.md names, with their licenses.

usage: make_sbom.py FILE.spdx.json

The same tree gives the same bytes: the time is that of the commit, or SOURCE_DATE_EPOCH.
"""

import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# | [name](address), more names | license | where it is |
ROW = re.compile(
    r"^\| (?P<names>\[.*?) \| (?P<license>[^|]+) \| (?P<where>[^|]+) \|$", re.MULTILINE
)
LINK = re.compile(r"\[(?P<name>[^\]]+)\]\((?P<address>[^)]+)\)")
# What has no identifier at SPDX.
OTHER_LICENSES = {
    "LicenseRef-public-domain": "Put into the public domain by the authors.",
}


def output_of(*command):
    return subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout.strip()


def created():
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or output_of("git", "log", "-1", "--format=%ct")
    moment = datetime.datetime.fromtimestamp(int(seconds), tz=datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def package(name, address, license_text, comment, version=None):
    made = {
        "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name),
        "name": name,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": license_text,
        "licenseDeclared": license_text,
        "copyrightText": "NOASSERTION",
        "comment": comment,
    }
    if address:
        made["homepage"] = address
    if version:
        made["versionInfo"] = version
    return made


def third_party():
    text = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    for row in ROW.finditer(text):
        for link in LINK.finditer(row["names"]):
            yield package(link["name"], link["address"], row["license"], row["where"])


def main():
    version = output_of(sys.executable, "tools/version.py")
    own = package("libmusicsched", None, "MIT AND Unicode-3.0", "the library", version)
    parts = list(third_party())
    if not parts:
        sys.exit("THIRD-PARTY.md has no table of works")
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "libmusicsched-" + version,
        "creationInfo": {"created": created(), "creators": ["Tool: tools/make_sbom.py"]},
        "packages": [own, *parts],
        "hasExtractedLicensingInfos": [
            {"licenseId": name, "extractedText": text} for name, text in OTHER_LICENSES.items()
        ],
        "relationships": [
            {
                "spdxElementId": "SPDXRef-DOCUMENT",
                "relationshipType": "DESCRIBES",
                "relatedSpdxElement": own["SPDXID"],
            },
            *(
                {
                    "spdxElementId": own["SPDXID"],
                    "relationshipType": "DEPENDS_ON",
                    "relatedSpdxElement": part["SPDXID"],
                }
                for part in parts
            ),
        ],
    }
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    document["documentNamespace"] = f"https://spdx.org/spdxdocs/libmusicsched-{version}-{digest}"
    pathlib.Path(sys.argv[1]).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


main()
