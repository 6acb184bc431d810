"""All checks, one after the other; a check that fails itself is a finding too."""

from importlib import import_module

import msgspec

from musicgen_desktop.foundation import machine_text

from ._finding import Finding, broken
from ._machine import versions

CHECKS = (
    ("_machine", "check_python"),
    ("_machine", "check_places"),
    ("_machine", "check_settings"),
    ("_sound", "check_instruments"),
    ("_sound", "check_effects"),
    ("_sound", "check_devices"),
    ("_neural", "check_window"),
    ("_neural", "check_neural"),
    ("_neural", "check_models"),
)
"""Module and function of each check; named, not imported: a broken library must only spoil its own."""


class Diagnosis(msgspec.Struct, frozen=True):
    """Every finding; `healthy` when nothing must be mended."""

    healthy: bool
    machine: str
    versions: dict[str, str]
    findings: tuple[Finding, ...]


def examine(checks: tuple[tuple[str, str], ...] = CHECKS) -> Diagnosis:
    """Look at everything; takes a second or two."""
    findings: list[Finding] = []
    for module, function in checks:
        try:
            findings += getattr(import_module(f".{module}", __package__), function)()
        except Exception as error:  # noqa: BLE001 - the doctor must not fall ill
            part = function.removeprefix("check_").capitalize()
            findings.append(broken(part, f"The check itself failed: {error}.", "Reinstall the program."))
    healthy = all(finding.state != "broken" for finding in findings)
    return Diagnosis(healthy, machine_text(), versions(), tuple(findings))
