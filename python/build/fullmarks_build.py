"""The build backend: maturin's, after the Python runtime of the sandbox was built and laid into the package.

The runtime is built by ``cargo xtask python-guest``, which needs ``python3`` with ``venv`` and PyPI. It is kept in the user's cache folder
and not built again while its sources stay the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import maturin
from maturin import *  # noqa: F403 - all hooks but those below are maturin's

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "python" / "fullmarks"


def lay_in_runtime() -> None:
    """Builds the runtime and puts it into the package."""
    # pip's isolated environment would leak into the virtual environments that the runtime is built with.
    isolated = ("PYTHONPATH", "PYTHONHOME", "PYTHONNOUSERSITE", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    environment = {name: value for name, value in os.environ.items() if name not in isolated}
    command = ["cargo", "run", "--quiet", "--release", "--locked", "--package", "xtask", "--", "python-guest", "--print-path"]
    built = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    runtime = Path(built.stdout.strip().splitlines()[-1])
    for old in PACKAGE.glob("python-guest-*.wasm"):
        if old.name != runtime.name:
            old.unlink()
    shutil.copyfile(runtime, PACKAGE / runtime.name)


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    lay_in_runtime()
    return maturin.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    lay_in_runtime()
    return maturin.build_editable(wheel_directory, config_settings, metadata_directory)
