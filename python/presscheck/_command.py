"""The command `presscheck`, and how the module is started in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from presscheck import _presscheck

# Workers see nothing of the folder they start in, nor of the user's settings: they load the one file that they need.
_WORKER = """
import sys
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader
loader = ExtensionFileLoader("presscheck._presscheck", sys.argv[1])
module = module_from_spec(spec_from_loader(loader.name, loader))
loader.exec_module(module)
sys.exit(module.run(sys.argv[2:]))
"""


def tell_how_to_start() -> None:
    """Tells the module how workers are started. Where this is no ordinary interpreter, files are measured in this process."""
    code = _presscheck.__file__
    if sys.executable and code and Path(code).is_file():
        _presscheck.start_with(sys.executable, ["-I", "-S", "-c", _WORKER, code], code)


def main() -> None:
    """Runs the command line and ends with its exit code: 0 clean, 1 findings, 2 it could not start, 3 not all was checked."""
    sys.exit(_presscheck.run(sys.argv[1:]))
