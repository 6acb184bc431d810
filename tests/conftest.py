"""Shared set-up of all tests: repeatable hypothesis, the user's own folders left alone, and no network."""

import gc
import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes.network_trap import network_trap
from tests.fakes.stuck_children import show_where_children_are

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")
network_trap.set_trap()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"  # as in every process of the program
os.environ["PYTHONFAULTHANDLER"] = "1"  # a process of ours that is aborted shows where it was
os.environ["HF_ENDPOINT"] = "http://127.0.0.1:9"  # nobody: a wandering click on Get fetches nothing


@pytest.fixture(autouse=True)
def _widgets_are_deleted_here(request):
    """What tests of the window left is no later test's, whose threads may look for garbage."""
    if gc.isenabled():
        return
    if "_garbage_is_left_to_the_main_thread" in request.fixturenames:
        gc.collect(1)
    else:
        gc.collect()
        gc.enable()


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("MUSICGEN_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _nothing_beyond_this_machine():
    """Whatever reaches for the network is refused, and fails its test even if it takes that in good part."""
    before = len(network_trap.attempts)
    yield
    assert network_trap.attempts[before:] == []


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_timeout_set_timer():
    """What waited too long mostly waited for another process: those of ours show where they were first."""
    done = yield
    if hasattr(signal, "SIGALRM") and callable(fail := signal.getsignal(signal.SIGALRM)):

        def show_and_fail(*interrupted):
            try:
                show_where_children_are()
            finally:
                fail(*interrupted)

        signal.signal(signal.SIGALRM, show_and_fail)
    return done
