"""Bad input, in two ways: what schemathesis makes of our schema, and our own corpus.

Schemathesis meets the server over HTTP in three roles; the corpus goes through Django's test
client, which is quick enough for every input at every parameter and field.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.serving import ROOT
from tests.trust.figures import Figure, counted
from tests.trust.installation import Installation
from tests.trust.scale import SCALE, scaled

EXAMPLES = 10
PHASES = {
    "a-caseworker": "coverage,fuzzing" if SCALE >= 1 else "fuzzing",
    "a-partner": "fuzzing",
    "a-auditor": "fuzzing",
}
CHECKS = (
    "not_a_server_error",
    "content_type_conformance",
    "response_schema_conformance",
    "status_code_conformance",
    "negative_data_rejection",
)
OURS = "Server error"
PATIENCE = 10


def run(installation: Installation) -> list[Figure]:
    """Fuzz as each role, then fire the corpus at a database of the same kind."""
    seed = random.randrange(10**6)
    print(f"  fuzz: seed {seed}", flush=True)
    reports = [schemathesis(installation, key, seed) for key in PHASES]
    found = Counter(failure["title"] for report in reports for failure in report["failures"])
    cases = sum(report["test_cases"]["generated"] for report in reports)
    shots = corpus(installation, seed)
    return [
        counted("fuzz", "requests by schemathesis in three roles", cases),
        counted("fuzz", "5xx to schemathesis", found.pop(OURS, 0), 0),
        counted("fuzz", "answers that differ from the schema", found.total(), 0),
        counted("fuzz", "bad inputs of our own, fired", shots["fired"]),
        counted("fuzz", "of these accepted, since harmless there", shots["accepted"]),
        counted("fuzz", "5xx to our own", shots["faults"], 0),
        counted("fuzz", f"answers that took over {PATIENCE} s", shots["slow"], 0),
        counted("fuzz", "traces of a refused write", shots["traces"], 0),
        counted("fuzz", "trials that broke off", shots["broken"], 0),
    ]


def schemathesis(installation: Installation, key: str, seed: int) -> Any:
    """Run it as one of the demo's actors; give its report."""
    report = installation.folder / f"fuzz-{key}.json"
    token = installation.actor(key)["token"]
    command = [
        str(Path(sys.executable).with_name("st")), "run", str(ROOT / "docs/api/openapi.yml"),
        "--url", installation.url, "-H", f"Authorization: Bearer {token}",
        "--phases", PHASES[key], "--max-examples", str(scaled(EXAMPLES)),
        "--checks", ",".join(CHECKS), "--seed", str(seed), "--workers", "2", "--no-shrink",
        "--continue-on-failure", "--generation-database", "none", "--warnings", "off",
        "--request-timeout", str(PATIENCE), "--no-color",
        "--report", "json", "--report-json-path", str(report),
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=installation.folder, capture_output=True, text=True, check=False
    )
    if not report.exists():
        sys.exit(f"schemathesis did not run: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    told = json.loads(report.read_text())
    if told["failures"] or told["errors"]:
        print(done.stdout[-6000:])
    return told


def corpus(installation: Installation, seed: int) -> Counter[str]:
    """Fire the corpus; give how much was fired and what it hit."""
    results = installation.folder / "corpus.xml"
    command = [
        sys.executable, "-m", "pytest", "tests/trust/test_corpus.py", "-m", "exhaustive",
        "-q", "-n", "2", "--dist", "worksteal", "--tb", "short", "--show-capture", "no",
        "--junitxml", str(results), "-o", "junit_family=xunit1",
    ]  # fmt: skip
    asked = {
        "TEST_DATABASE": installation.store.kind,
        "CORPUS_SHARE": str(min(SCALE, 1)),
        "CORPUS_SEED": str(seed),
    }
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | asked, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stdout[-6000:], done.stderr[-1000:])
    return tally(results)


def tally(results: Path) -> Counter[str]:
    """Add up what the tests of the corpus have noted."""
    found: Counter[str] = Counter()
    for case in ElementTree.parse(results).iter("testcase"):  # noqa: S314 - pytest wrote it
        noted = {p.attrib["name"]: int(p.attrib["value"]) for p in case.iter("property")}
        found.update(noted)
        found["broken"] += not noted
    return found
