import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import load_styles
from musicgen_desktop.generation.composer._make_plan import make_plan
from musicgen_desktop.music import Key
from musicgen_desktop.timing import Meter

_STYLES = load_styles()


def plan_of(prompt="", **fields):
    return make_plan(Request(prompt=prompt, **fields), _STYLES)[0]


def roles(plan):
    return tuple(stem.role for stem in plan.stems)


def test_options_beat_the_prompt_and_the_prompt_beats_the_style():
    prompt = "trap, 140 bpm, F minor, 3/4, 8 bars, no drums"

    said = plan_of(prompt)
    told = plan_of(
        prompt,
        style="folk",
        tempo_bpm=99.5,
        key=Key.parse("D major"),
        meter=Meter(6, 8),
        bars=5,
        stems=("drums", "melody"),
    )

    assert (said.style.id, said.tempo_map.bpm_at(0), str(said.key), str(said.meter), said.bars) == (
        "trap",
        140.0,
        "F minor",
        "3/4",
        8,
    )
    assert "drums" not in roles(said)
    assert (told.style.id, told.tempo_map.bpm_at(0), str(told.key), str(told.meter), told.bars) == (
        "folk",
        99.5,
        "D major",
        "6/8",
        5,
    )
    assert roles(told) == ("drums", "melody")


@pytest.mark.parametrize(("seconds", "bars"), [(30.0, 15), (1.0, 1), (31.1, 16), (30.9, 15), (120.0, 60)])
def test_seconds_become_the_nearest_number_of_bars(seconds, bars):
    plan = plan_of("pop", seconds=seconds, tempo_bpm=120.0)

    assert plan.bars == bars
    assert plan.tempo_map.bpm_at(0) == 120.0


def test_more_seconds_than_999_bars_are_refused():
    with pytest.raises(UserInputError, match="999"):
        plan_of("pop", seconds=3600.0, tempo_bpm=400.0)


@pytest.mark.parametrize(
    ("word", "least", "most"), [("very slow", 66, 67), ("slow", 66, 74), ("very fast", 90, 94)]
)
def test_a_tempo_word_moves_within_the_styles_range(word, least, most):
    assert least <= plan_of(f"{word} lofi").tempo_map.bpm_at(0) <= most


def test_named_instruments_get_their_stems_and_patches():
    plan = plan_of("cinematic with harp and solo violin melody", seed=4)

    patches = {stem.role: stem.patch.name for stem in plan.stems}

    assert patches["arp"] == "Orchestral Harp"
    assert patches["melody"] == "Violin"


def test_solo_piano_is_one_piano_and_nothing_else():
    plan = plan_of("solo piano, melancholic", seed=2)

    assert {stem.patch.name for stem in plan.stems} == {"Acoustic Grand Piano"}
    assert plan.style.id == "classical_piano"
    assert plan.key.is_minor


def test_a_prompt_that_leaves_nothing_to_play_is_refused():
    with pytest.raises(UserInputError, match="no stem"):
        plan_of("classical piano, no melody, no bass, no arp, no chords")


def test_no_two_pitched_stems_of_a_band_share_a_sound_if_it_can_be_helped():
    for seed in range(20):
        plan = plan_of("jazz swing", seed=seed)

        names = [stem.patch.name for stem in plan.stems if not stem.patch.is_drums]
        assert len(names) == len(set(names))


def test_a_flavour_colours_the_harmony_and_the_swing():
    plain = plan_of("techno in D minor", seed=1)
    jazzy = plan_of("jazzy techno in D minor", seed=1)

    assert (plain.style.id, jazzy.style.id) == ("techno", "techno")
    assert jazzy.swing > plain.swing
    assert len(jazzy.chords[0].chord.intervals) > 3


def test_dusty_drums_get_dirt_and_a_dry_mix_gets_less_room():
    clean, dusty = plan_of("house"), plan_of("house, dusty drums")
    dry = plan_of("house, dry")

    assert dusty.stem_of("drums").mix.inserts[0].kind == "bitcrush"
    assert clean.stem_of("drums").mix.inserts[0].kind != "bitcrush"
    assert dry.stem_of("chords").mix.sends["Reverb"] < clean.stem_of("chords").mix.sends["Reverb"]


def test_an_empty_prompt_is_a_song_and_seeds_choose_among_styles():
    styles = {plan_of("", seed=seed).style.id for seed in range(30)}

    assert len(styles) > 3


def test_a_mood_alone_suggests_a_fitting_style_and_mode():
    plan = plan_of("something dark and menacing", seed=5)

    assert plan.style.id in ("trap", "cinematic", "techno")
    assert plan.key.is_minor


def test_fills_can_be_refused():
    assert any(section.fill for section in plan_of("rock", bars=32).sections)
    assert not any(section.fill for section in plan_of("rock, no fills", bars=32).sections)


def test_titles_are_short_differ_by_seed_and_suit_a_file_name():
    titles = [plan_of("rainy lofi", seed=seed).title for seed in range(20)]

    assert len(set(titles)) > 4
    assert all(title.startswith("Rainy ") and len(title) < 40 for title in titles)
    assert not any(set(title) & set('<>:"/\\|?*') for title in titles)


def test_bars_and_chords_are_found_again_on_the_plan():
    plan = plan_of("pop", bars=64, seed=1)

    for section in plan.sections:
        assert plan.section_of_bar(section.first_bar) is section
        assert plan.section_of_bar(section.last_bar) is section
    for placed in plan.chords:
        assert plan.chord_at(placed.start_ticks) is placed
        assert plan.chord_at(placed.start_ticks + placed.length_ticks - 1) is placed
    assert plan.bar_of(plan.tick_of_bar(7)) == 7
    assert plan.bar_of(plan.tick_of_bar(7) - 1) == 6
