"""What we ship, held against what is known to be vulnerable; and the list of it (SBOM) for whoever asks.

Run: python .ci/audit.py. Ends with 1 where a package has a known vulnerability, or bandit finds something in
our code. Where the advisory service cannot be asked nothing is known, and that is said in capital letters;
with AUDIT_MUST=1 (for a release) it is a failure.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "requirements" / "run.txt"
SBOM = ROOT / "build" / "sbom.cdx.json"
ROOMS = ("bot", "handlers", "storage", "messages", "mentoring", "playground")
PATIENCE_S = 180


def main() -> int:
    """Run all three, and say what came of each."""
    found = [_bandit(), _bill_of_materials(), _advisories()]
    return max(found)


def _bandit() -> int:
    done = _run("bandit", "-q", "-r", *ROOMS, "-c", "pyproject.toml", "--severity-level", "medium")
    print(done.stdout if done.returncode else "bandit: nothing of medium or high severity in our code")
    return done.returncode


def _bill_of_materials() -> int:
    SBOM.parent.mkdir(exist_ok=True)
    done = _run("cyclonedx-py", "requirements", str(SHIPPED), "--output-reproducible", "-o", str(SBOM))
    if done.returncode:
        print(done.stderr)
        return done.returncode
    parts = json.loads(SBOM.read_text("utf-8"))["components"]
    print(f"SBOM: {len(parts)} packages in {SBOM.relative_to(ROOT)} (CycloneDX)")
    return 0


def _advisories() -> int:
    try:
        done = _run("pip-audit", "--disable-pip", "--progress-spinner=off", "-f", "json", "-r", str(SHIPPED))
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        return _unknown("no package could be looked up")
    vulnerable = [each for each in packages if each.get("vulns")]
    for each in vulnerable:
        ids = ", ".join(one["id"] for one in each["vulns"])
        print(f"VULNERABLE: {each['name']} {each.get('version')}: {ids}")
    unasked = [each["name"] for each in packages if "skip_reason" in each]
    if vulnerable:
        return 1
    if unasked or not packages:
        return _unknown(f"{len(unasked)} of {len(packages)} packages could not be looked up")
    print(f"pip-audit: {len(packages)} packages, no known vulnerability")
    return 0


def _unknown(why: str) -> int:
    line = "!" * 78
    print(f"{line}\nNOT AUDITED: the advisory service did not answer; {why}.")
    print(f"Whether a package has a known vulnerability IS NOT KNOWN from this run.\n{line}")
    return int(os.environ.get("AUDIT_MUST") == "1")


def _run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    # The programs beside this Python: a virtual environment need not be on the path.
    beside = Path(sys.executable).parent / program
    return subprocess.run(
        [beside, *words], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
