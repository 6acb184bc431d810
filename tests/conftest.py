"""Shared set-up of all tests: repeatable hypothesis, and the user's own folders left alone."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("MUSICGEN_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))
