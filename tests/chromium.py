"""Where the tests' Chromium is: one answer for the page tests and for the Makefile.

Run as a program it prints the path, or exits with 1 and says what was looked for.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# A page under test must reach nothing but the server under test, and the browser itself must not try to.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_executable() -> Path:
    """Give the path of the Chromium that page tests start.

    The variable CHROMIUM decides if it is set; then the names a system package gives it; then the browser
    that Playwright fetched for itself.

    Raises:
        FileNotFoundError: there is none, with what was looked for.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if Path(named).is_file():
            return Path(named)
        message = f"CHROMIUM={named} is not a file"
        raise FileNotFoundError(message)
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    with sync_playwright() as playwright:
        fetched = Path(playwright.chromium.executable_path)
    if fetched.is_file():
        return fetched
    message = f"no Chromium: looked for {', '.join(_NAMES)} on the path and for {fetched}"
    raise FileNotFoundError(message)


if __name__ == "__main__":
    try:
        print(chromium_executable())  # noqa: T201
    except FileNotFoundError as missing:
        sys.exit(str(missing))
