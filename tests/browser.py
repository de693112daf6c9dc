"""A real browser without a window: what it makes of a page, what it says of it, what it prints.

The page is opened from its file, in a frame of another local file that drives it as a reader would and tells what it
saw; so the page's own security policy stays as it is. Nothing may be reached from it: no name is resolved.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--allow-file-access-from-files"),
)
SECONDS = 120  # after which a browser is given up; it takes 1 to 2 s
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><iframe src="{page}" width="{width}" height="900"></iframe>
<script>
"use strict";
var frame = document.querySelector("iframe"), told = {{}};
frame.addEventListener("load", function () {{
  var win = frame.contentWindow, doc = frame.contentDocument;
  try {{ {script} }} catch (error) {{ told.error = String(error); }}
  var text = document.createElement("pre");
  text.id = "told";
  text.textContent = JSON.stringify(told);
  document.body.appendChild(text);
}});
</script>"""


def browser() -> str | None:
    """The program of a browser of the Chromium kind, if this machine has one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Seen:
    """What a page told, and what the browser's console said of it."""

    def __init__(self, told: dict[str, Any], console: list[str]) -> None:
        self.told, self.console = told, console


def driven(page: Path, script: str, fragment: str = "", width: int = 1200) -> Seen:
    """Open a page at a fragment and run a script over it; `win` and `doc` are the page's, `told` is what comes back."""
    name = f"harness-{page.stem}-{width}.html"
    harness = page.with_name(name)
    harness.write_text(HARNESS.format(page=page.name + fragment, width=width, script=script), encoding="utf-8")
    done = _run(page.parent, "--virtual-time-budget=20000", "--dump-dom", harness.as_uri())
    found = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr[-3000:]
    return Seen(json.loads(html.unescape(found[1])), re.findall(r"CONSOLE[^\]]*\] (.*)", done.stderr))


def printed(page: Path, *flags: str) -> Path:
    """The page as it is printed: a PDF beside it."""
    target = page.with_suffix(".pdf")
    done = _run(page.parent, *flags, "--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri())
    assert target.is_file(), done.stderr[-3000:]
    return target


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = browser()
    assert program is not None
    command = [program, *FLAGS, f"--user-data-dir={folder / 'profile'}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=True)
