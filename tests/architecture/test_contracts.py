"""The floors of the house: the checkout keeps every contract, and each contract notices when it is broken."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

# One import each that the contract forbids: the file it is planted in, and the line.
VIOLATIONS = {
    "floors": [
        ("timing/planted.py", "import musicgen_desktop.session"),
        ("dsp/planted.py", "import musicgen_desktop.music"),
        ("exchange/planted.py", "import musicgen_desktop.playback"),
        ("utils/__init__.py", "HELPFUL = True"),
    ],
    "cycles": [("document/_clip.py", "from . import _song"), ("document/_song.py", "from . import _clip")],
    "qt": [("playback/planted.py", "def later():\n    from PySide6 import QtCore")],
    "torch": [
        ("listening/__init__.py", "def later():\n    import torch"),
        ("cli/planted.py", "import torch"),
    ],
    "one-door": [("cli/planted.py", "import musicgen_desktop.storage")],
    "makers-and-document": [("generation/planted.py", "from musicgen_desktop.document import Project")],
    "realtime": [
        ("playback/realtime/callback.py", "import threading"),
        ("playback/realtime/ring.py", "import musicgen_desktop.music"),
        ("playback/realtime/block.py", "import musicgen_desktop.playback.plan"),
    ],
    "panels": [("ui/timeline/view.py", "import musicgen_desktop.ui.mixer")],
    "formats": [("exchange/stems/planted.py", "import musicgen_desktop.exchange.midi_file")],
    "front-doors": [("training/__init__.py", "import torch")],
}
ROOMS_TO_COME = (
    "training",
    "ui",
    "ui/main_window",
    "ui/mixer",
    "ui/theme",
    "ui/timeline",
)
EACH_VIOLATION = [
    pytest.param(contract, [violation], id=f"{contract}: {violation[0]}")
    for contract, violations in VIOLATIONS.items()
    if contract != "cycles"
    for violation in violations
] + [pytest.param("cycles", VIOLATIONS["cycles"], id="cycles: two neighbours")]


@pytest.fixture(scope="module")
def copied_tree(tmp_path_factory):
    """The package and its contracts, in a place where they may be damaged."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", copy)
    package = copy / "musicgen_desktop"
    shutil.copytree(ROOT / "musicgen_desktop", package, ignore=shutil.ignore_patterns("__pycache__"))
    for room in ROOMS_TO_COME:
        (package / room).mkdir(exist_ok=True)
        (package / room / "__init__.py").touch()
    return copy


def test_the_checkout_keeps_every_contract():
    answer = lint_imports(ROOT)

    assert answer.returncode == 0, answer.stdout


def test_each_contract_is_broken_on_purpose_below():
    assert set(VIOLATIONS) == {contract["id"] for contract in CONTRACTS}


def test_a_room_that_exists_is_named_in_full_where_only_its_inside_was():
    patterns = {
        (contract["id"], module.removesuffix(".**"))
        for contract in CONTRACTS
        for module in contract.get("source_modules", ())
        if module.endswith(".**")
    }

    waiting_although_there = {
        (contract, module) for contract, module in patterns if (ROOT / module.replace(".", "/")).is_dir()
    }

    assert waiting_although_there == set()


@pytest.mark.parametrize(("contract", "planted"), EACH_VIOLATION)
def test_a_planted_import_breaks_its_contract(copied_tree, tmp_path, contract, planted):
    damaged = tmp_path / "tree"
    shutil.copytree(copied_tree, damaged)
    for file, line in planted:
        plant(damaged / "musicgen_desktop" / file, line)

    answer = lint_imports(damaged, contract)

    assert answer.returncode == 1, answer.stdout
    assert "0 kept, 1 broken" in answer.stdout


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        ("qt", "ui/timeline/view.py", "from PySide6 import QtWidgets"),
        ("qt", "app/planted.py", "from PySide6 import QtWidgets"),
        ("panels", "ui/main_window/view.py", "import musicgen_desktop.ui.timeline"),
        ("panels", "ui/timeline/view.py", "import musicgen_desktop.ui.theme"),
        ("one-door", "cli/planted.py", "import musicgen_desktop.session.controllers"),
        ("realtime", "playback/realtime/block.py", "import musicgen_desktop.dsp, numpy"),
    ],
)
def test_what_is_allowed_keeps_the_contract(copied_tree, tmp_path, contract, file, line):
    damaged = tmp_path / "tree"
    shutil.copytree(copied_tree, damaged)
    plant(damaged / "musicgen_desktop" / file, line)

    answer = lint_imports(damaged, contract)

    assert answer.returncode == 0, answer.stdout


def plant(file: Path, line: str) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")


def lint_imports(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    # -S: an editable install finds our package in the checkout, in whichever folder it is looked for.
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-S", "-c", program, "--no-cache", *chosen]
    places = os.pathsep.join([str(folder), sysconfig.get_path("purelib")])
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": places, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
