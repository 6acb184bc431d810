import sys

import numpy as np
import pytest

from musicgen_desktop.foundation import UserInputError, user_data_folder
from musicgen_desktop.playback.mixer import EFFECTS, make_effect, resolve_parameters
from musicgen_desktop.session.controllers.catalogue import (
    FindSoundModels,
    PrepareSoundModel,
    SoundModel,
    check_sound_settings,
    delete_effect_preset,
    effect_entry,
    effect_presets,
    effects,
    engines,
    find_instruments,
    instruments,
    save_effect_preset,
)
from musicgen_desktop.timing import TempoMap
from tests.fakes.sound_engines import FOLDERS


def test_every_effect_of_the_mixer_is_offered_with_all_its_knobs():
    offered = {entry.id: entry for entry in effects()}

    assert list(offered) == list(EFFECTS)
    for effect, spec in EFFECTS.items():
        knobs = {knob.id: knob for knob in offered[effect].parameters}
        assert set(knobs) == {knob.name for knob in spec.parameters}
        assert offered[effect].description.endswith(".")
        for knob in spec.parameters:
            shown = knobs[knob.name]
            assert (shown.low, shown.high, shown.default) == (knob.low, knob.high, knob.default)
            assert len(shown.choices) == (knob.high - knob.low + 1 if shown.scale == "choice" else 0)


def test_no_two_knobs_of_a_group_share_a_label():
    for entry in effects():
        labels = [(knob.group, knob.label) for knob in entry.parameters]
        assert len(set(labels)) == len(labels), entry.id


def test_a_knob_is_worded_for_a_musician():
    equalizer, filters = effect_entry("equalizer"), effect_entry("filter")

    assert (equalizer.parameter("peak2_db").group, equalizer.parameter("peak2_db").label) == (
        "Peak 2",
        "Gain",
    )
    assert filters.parameter("mode").choices == ("Low-pass", "High-pass", "Band-pass")
    assert effect_entry("reverb").parameter("wet").unit == "%"
    assert effect_entry("distortion").parameter("drive_db").label == "Drive"


@pytest.mark.parametrize("effect", sorted(EFFECTS))
def test_each_effect_ships_presets_that_are_heard_and_stay_within_bounds(effect):
    found = effect_presets(effect)

    noise = np.random.default_rng(1).standard_normal((2, 4800)).astype(np.float32) * np.float32(0.1)
    assert 3 <= len(found.presets) <= 6
    assert found.broken == ()
    for preset in found.presets:
        assert not preset.is_own
        values = resolve_parameters(effect, preset.parameters)
        sound = make_effect(effect, values, 48_000, TempoMap.constant(120.0)).process(noise.copy(), 0)
        assert np.isfinite(sound).all()
        assert np.abs(sound).max() < 4.0


def test_an_own_preset_is_kept_replaced_and_deleted():
    save_effect_preset("delay", "Für mich: 1/8", {"feedback": 0.5, "wet": 0.3})
    save_effect_preset("delay", "für mich:  1/8", {"feedback": 0.6, "time_beats": 0.5})

    (own,) = [preset for preset in effect_presets("delay").presets if preset.is_own]
    assert own.name == "für mich: 1/8"
    assert own.parameters == {"feedback": 0.6, "time_beats": 0.5}

    delete_effect_preset(own)
    delete_effect_preset(own)
    assert not any(preset.is_own for preset in effect_presets("delay").presets)


def test_two_names_that_make_one_file_name_stay_two_presets():
    save_effect_preset("gain", "A/B", {"gain_db": 1.0})
    save_effect_preset("gain", "A:B", {"gain_db": 2.0})

    own = {preset.name: preset.parameters for preset in effect_presets("gain").presets if preset.is_own}

    assert own == {"A/B": {"gain_db": 1.0}, "A:B": {"gain_db": 2.0}}


@pytest.mark.parametrize(
    ("name", "parameters", "why"),
    [
        ("  ", {}, "needs a name"),
        ("slapback", {}, "ships with the effect"),
        ("Mine", {"wet": 7.0}, "must lie between"),
        ("Mine", {"wat": 0.5}, "no parameter"),
    ],
)
def test_a_preset_that_cannot_be_is_refused_in_a_sentence(name, parameters, why):
    with pytest.raises(UserInputError, match=why):
        save_effect_preset("delay", name, parameters)


def test_a_preset_that_ships_cannot_be_deleted():
    with pytest.raises(UserInputError, match="cannot be deleted"):
        delete_effect_preset(effect_presets("delay").presets[0])


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"name =", b'name = "x"\n[parameters]\nwet = 9.0', b"", b"n = 1"]
)
def test_a_file_that_cannot_be_used_is_told_and_the_others_stay(data):
    save_effect_preset("delay", "Mine", {"wet": 0.1})
    (user_data_folder() / "effects" / "delay" / "bad.toml").write_bytes(data)

    found = effect_presets("delay")

    assert [preset.name for preset in found.presets if preset.is_own] == ["Mine"]
    assert len(found.broken) == 1
    assert "bad.toml" in found.broken[0]


def test_instruments_hold_general_midi_its_drums_and_the_synthesizer():
    found = instruments()

    programs = [entry.patch for entry in found if entry.source == "general_midi"]
    assert [patch.program for patch in programs if not patch.is_drums] == list(range(128))
    assert any(patch.is_drums for patch in programs)
    kit = next(entry for entry in found if entry.patch.preset == "kit_808")
    assert kit.patch.is_drums
    assert kit.family == "Drum kits"
    runs = [found[0].family]
    for entry in found:
        if entry.family != runs[-1]:
            runs.append(entry.family)
    assert len(runs) == len(set(runs)), "a family lies in one piece"


@pytest.mark.parametrize(
    ("text", "first"), [("rhodes", "Electric Piano 1"), ("warm PAD", "Warm pad"), ("violin", "Violin")]
)
def test_an_instrument_is_found_by_what_a_musician_types(text, first):
    assert first in [entry.name for entry in find_instruments(text)][:2]


def test_every_word_counts_and_nothing_typed_shows_all():
    assert {entry.name for entry in find_instruments("808 kit")} == {"808 machine"}
    assert find_instruments("zzzz") == ()
    assert find_instruments(" ") == instruments()


def test_our_own_engine_says_that_its_music_is_yours_and_may_be_sold():
    composer, *_ = engines()

    assert (composer.id, composer.commercial_use, composer.needs_download) == ("composer", True, False)
    assert "Your own" in composer.licence
    assert "drums" in composer.stems


def test_an_engine_of_another_package_is_listed_without_being_loaded(tmp_path, monkeypatch):
    info = tmp_path / "tape_loops-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tape-loops\nVersion: 1.0\nSummary: Loops.\n")
    (info / "entry_points.txt").write_text("[musicgen_desktop.engines]\ntape_loops = tape_loops:Engine\n")
    monkeypatch.syspath_prepend(tmp_path)

    other = next(engine for engine in engines() if engine.id == "tape_loops")

    assert (other.id, other.name, other.description) == ("tape_loops", "Tape loops", "Loops.")
    assert other.commercial_use is None
    assert "tape_loops" not in sys.modules


def test_engines_of_sound_are_listed_without_being_loaded(monkeypatch):
    monkeypatch.syspath_prepend(FOLDERS[0])

    *_, sine = engines()

    assert (sine.id, sine.name, sine.makes_sound, sine.commercial_use) == ("sine", "Sine", True, None)
    assert "sine_engine" not in sys.modules


class Host:
    """Has one model, and says what it was asked."""

    def __init__(self):
        self.asked = []

    def models(self, engine, _stop=None):
        self.asked.append(engine)
        return [SoundModel("tiny", "Tiny", "CC-BY-NC 4.0", commercial_use=False, rate=32_000, channels=1)]

    def load(self, engine, model, report, _stop=None):
        report(1.0, "Packing weights")
        return f"{engine} {model}: int8, 2 threads"


def test_models_of_an_engine_are_found_and_made_ready_as_jobs():
    host, stages = Host(), []

    (model,) = FindSoundModels(host, "musicgen").run()
    path = PrepareSoundModel(host, "musicgen", model.id).run(lambda _done, stage: stages.append(stage))

    assert (host.asked, model.name) == (["musicgen"], "Tiny")
    assert path == "musicgen tiny: int8, 2 threads"
    assert stages == ["Loading the model", "Packing weights"]


def test_settings_beyond_what_an_engine_can_do_are_refused_before_it_is_asked():
    check_sound_settings(seconds=30.0, guidance=3.0, temperature=0.0, top_k=0, top_p=0.9)

    with pytest.raises(UserInputError, match="guidance cannot be 11; choose 1 to 10"):
        check_sound_settings(guidance=11.0)
