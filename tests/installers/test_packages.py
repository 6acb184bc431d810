"""Which packages are installed, how pip is asked for them, and what is told when it fails."""

import sys
from pathlib import Path

import debian
import packages
import pytest
from environment import Environment, SetupError, make

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = ROOT / "pyproject.toml"


def names(requirements):
    return {packages.re.split(r"[\[<>=]", line)[0] for line in requirements}


def test_the_embedded_default_is_light():
    base = names(packages.requirements(PYPROJECT, ["base"]))

    assert {"numpy", "msgspec", "typer"} <= base
    assert base & {"torch", "scipy", "librosa", "pytest", "pyside6", "tinysoundfont"} == set()


def test_a_group_adds_its_extra():
    base = packages.requirements(PYPROJECT, ["base"])
    both = packages.requirements(PYPROJECT, ["base", "dev"])

    assert both[: len(base)] == base
    assert "pytest" in names(both)


def test_every_package_that_is_asked_for_has_one_exact_version():
    pins = (ROOT / "installers" / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in pins if "==" in line}

    asked = names(packages.requirements(PYPROJECT, ["base", "neural", "cluster", "dev"]))

    assert asked | {packages.BACKEND, *packages.BUILD, packages.SOUNDFONT_PLAYER} <= pinned
    assert all("==" in line or line.startswith("#") for line in pins)


def test_every_group_knows_its_debian_packages():
    assert set(debian.PACKAGES) == {"base", "neural", "dev"}


@pytest.mark.parametrize(
    ("linux", "nvidia", "arguments"),
    [
        (True, True, ["torch==2.13.0"]),
        (True, False, ["--no-deps", "torch==2.13.0+cpu", "--extra-index-url", packages.CPU_INDEX]),
        (False, True, ["torch==2.13.0"]),
        (False, False, ["torch==2.13.0"]),
    ],
)
def test_linux_without_an_nvidia_driver_takes_the_cpu_build_of_torch(linux, nvidia, arguments):
    assert packages.torch_arguments("torch==2.13.0", linux=linux, nvidia=nvidia) == arguments


def test_only_the_neural_engine_asks_for_its_step_in_cpp():
    pure = packages.project_arguments(ROOT, native=False)

    assert "wheel.cmake=false" in pure
    assert "wheel.cmake=false" not in packages.project_arguments(ROOT, native=True)
    assert pure[-2:] == ["--editable", str(ROOT)]


def test_an_nvidia_driver_is_known_by_its_file_or_its_program(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    version = tmp_path / "version"

    before = packages.has_nvidia_driver(version)
    version.touch()
    by_file = packages.has_nvidia_driver(version)

    assert (before, by_file) == (False, True)


@pytest.mark.parametrize(
    ("line", "package"),
    [
        ("Collecting rich>=13.9 (from -c pins (line 3))\n", "rich"),
        ("  Collecting rich\n", None),
        ("Processing /wheels/pretty_midi-0.2.11-py3-none-any.whl (from x)\n", "pretty_midi"),
        (r"Processing c:\wheels\soxr-1.1.0-cp311-win_amd64.whl", "soxr"),
        ("Requirement already satisfied: rich\n", None),
        ("Processing ./a folder\n", None),
    ],
)
def test_pips_lines_tell_which_package_is_being_fetched(line, package):
    assert packages.package_in(line) == package


@pytest.mark.parametrize(
    ("line", "packages_named"),
    [
        ("Installing collected packages: rich\n", "rich"),
        ("Installing collected packages: rich, soxr, typer\n", "3 packages"),
        ("Installing build dependencies: started\n", None),
    ],
)
def test_pips_lines_tell_what_is_being_installed(line, packages_named):
    assert packages.packages_in(line) == packages_named


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("WARNING: … [Errno -3] Temporary failure in name resolution')'", "index cannot be reached"),
        ("NewConnectionError(… [Errno 111] Connection refused)", "index cannot be reached"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        (
            "noise\nERROR: No matching distribution found for soxr\n",
            "No matching distribution found for soxr",
        ),
        ("  | ImportError: x\nerror: metadata-generation-failed\n", "packages: metadata-generation-failed"),
        ("", "gave no reason"),
    ],
)
def test_a_failure_is_told_in_one_sentence(said, sentence):
    assert sentence in packages.reason(said, Path("install.log"))


def test_pip_is_not_sent_elsewhere_by_the_users_variables():
    variables = packages.clean_variables(
        {"PYTHONPATH": "/x", "PIP_TARGET": "/y", "PATH": "/bin", "PIP_USER": "1"}
    )

    assert variables["PATH"] == "/bin"
    assert variables["PIP_USER"] == "0"
    assert variables.keys() & {"PYTHONPATH", "PIP_TARGET"} == set()


def test_a_pip_that_is_not_there_has_no_version():
    assert packages.pip_version([sys.executable, "-c", "raise SystemExit('No module named pip')"]) == ()
    assert packages.pip_version([sys.executable, "-c", "print('pip 23.0.1 from /usr')"]) == (23, 0)


def test_the_pip_outside_serves_an_environment_that_has_none(tmp_path):
    environment = Environment(tmp_path)
    make(environment)

    command = packages.find_pip(environment)

    assert command == [sys.executable, "-m", "pip", "--python", str(environment.python)]


def test_without_a_pip_that_can_python_brings_its_own(tmp_path, monkeypatch):
    environment = Environment(tmp_path)
    make(environment)
    monkeypatch.setattr(packages, "PIP_WITH_PYTHON_OPTION", (999, 0))
    pytest.importorskip("ensurepip")

    command = packages.find_pip(environment)

    assert command == [str(environment.python), "-m", "pip"]
    assert packages.pip_version(command) > (0,)


def test_someone_who_is_not_root_gets_one_line_to_run():
    said = debian.line_to_run(["libatomic1", "libexample2"])

    assert said.splitlines()[-1].strip() == "sudo apt-get install -y libatomic1 libexample2"


@pytest.mark.skipif(not Path("/usr/bin/dpkg-query").exists(), reason="Debian only")
def test_what_is_missing_stops_the_set_up_for_someone_who_is_not_root(monkeypatch):
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)

    with pytest.raises(SetupError, match="sudo apt-get install -y no-such-package-at-all"):
        debian.ensure(["dpkg", "no-such-package-at-all"])


@pytest.mark.skipif(not Path("/usr/bin/dpkg-query").exists(), reason="Debian only")
def test_what_the_program_can_do_without_stops_nobody(monkeypatch):
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)

    debian.try_to_ensure("no-such-package-at-all")

    assert not debian.is_installed("no-such-package-at-all")


@pytest.mark.skipif(not Path("/usr/bin/dpkg-query").exists(), reason="Debian only")
def test_what_is_there_needs_nobody_to_be_root(monkeypatch):
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)

    debian.ensure(["dpkg"])

    assert debian.is_installed("dpkg")
