"""Cursors are carried from one process to another: over a restart, and between the workers of one server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

MARK = """
from datetime import date
from graph import cursors
from graph.model import View
print(cursors.mark("neighbours", "org:sac", View(as_of=date(2026, 11, 25)), ("DRAFTED",), None))
"""


def test_a_cursor_of_one_process_opens_the_list_in_another() -> None:
    marks = {
        subprocess.run(
            [sys.executable, "-c", MARK],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(marks) == 1
