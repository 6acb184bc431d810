import sys

import pytest

from musicgen_desktop.playback.mixer import EffectsMissingError, make_effect
from musicgen_desktop.timing import TempoMap


def test_effects_without_their_library_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pedalboard", None)

    with pytest.raises(EffectsMissingError, match="run “pip install --force-reinstall pedalboard”"):
        make_effect("reverb", {}, 48_000, TempoMap.constant(120.0))


def test_a_missing_library_of_the_system_is_named_with_its_debian_package():
    cause = ImportError("libatomic.so.1: cannot open shared object file")

    sentence = str(EffectsMissingError(cause))

    assert "apt install libatomic1" in sentence
    assert "\n" not in sentence
