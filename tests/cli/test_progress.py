"""Progress on a real terminal: every bar runs to its end, one after another."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path


def test_a_build_on_a_terminal_runs_to_its_end(sample: Path, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "kg", "build", str(sample), "-o", str(tmp_path / "atlas"), "--formats", "none"]
    build = subprocess.Popen(command, stdin=slave, stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    shown = b""
    try:
        while part := os.read(master, 65536):
            shown += part
    except OSError:  # Linux: the other end has closed
        pass
    build.communicate(timeout=60)
    os.close(master)
    assert build.returncode == 0
    assert b"extract" in shown
    assert b"Traceback" not in shown
