"""Asking: as often as it goes, by `wrk` (Debian's package), and once, by hand."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from typing import Any

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_POST = """
local sent = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  sent = sent + 1
  local key = string.format("%s-%%d", sent)
  wrk.headers["Idempotency-Key"] = key
  return wrk.format(nil, nil, nil, string.gsub([==[%s]==], "KEY", key))
end
"""


def require() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")


def rate(address: str, token: str, *, at_once: int, seconds: str) -> float:
    """Ask one address as often as it goes; give requests a second."""
    return _wrk(address, token, at_once, seconds)


def rate_of_writes(
    address: str, token: str, body: Any, *, of: str, at_once: int, seconds: str
) -> float:
    """Post a body as often as it goes; ``KEY`` in it is another each time, begun by ``of``."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(_POST % (of, json.dumps(body, ensure_ascii=False)))
        script.flush()
        return _wrk(address, token, at_once, seconds, "-s", script.name)


def _wrk(address: str, token: str, at_once: int, seconds: str, *more: str) -> float:
    done = subprocess.run(
        ["wrk", "-t1", f"-c{at_once}", f"-d{seconds}s", "-H", f"Authorization: Bearer {token}",
         *more, address],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if _FAILED.search(done.stdout):
        sys.exit(f"{address} does not answer with 2xx:\n{done.stdout}")
    found = _RATE.search(done.stdout)
    return (float(found[1]) if found else 0.0) or 1 / float(seconds)  # less than one


def once(address: str, token: str) -> Any:
    """Read what one address answers."""
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return json.load(answer)


def deep_page(base: str, token: str, rows: int) -> str:
    """Give the path of a page that begins so many rows deep, gone to as a client does."""
    path = "/api/v1/individuals/?page_size=200"
    for _ in range(rows // 200):
        following = once(base + path, token)["next"]
        if following is None:
            break
        path = following.removeprefix(base)
    return path.replace("page_size=200&", "").replace("&page_size=200", "")
