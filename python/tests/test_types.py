"""The types are those of the JSON Schemas, and the docstrings' examples are true."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import presscheck


def test_types_are_those_of_the_schemas() -> None:
    tool = Path(__file__).parents[1] / "tools" / "write_types.py"
    told = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


def test_examples_are_true() -> None:
    assert doctest.testmod(presscheck).failed == 0
