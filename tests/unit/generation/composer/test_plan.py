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


@pytest.mark.parametrize("seed", range(4))
def test_a_piano_ballad_is_played_on_the_piano(seed):
    plan = plan_of("sad piano ballad", seed=seed)

    patches = {stem.role: stem.patch.name for stem in plan.stems}

    assert {patches["chords"], patches["melody"]} == {"Acoustic Grand Piano"}


@pytest.mark.parametrize("seed", range(6))
def test_rock_without_guitar_has_chords_and_no_guitar(seed):
    plan = plan_of("rock without guitar", seed=seed)

    assert "chords" in roles(plan)
    assert not [stem.patch.name for stem in plan.stems if "guitar" in stem.patch.name.lower()]


def test_without_synths_nothing_pitched_is_a_synth():
    plan = plan_of("techno, no synths", seed=1)

    assert {stem.patch.source for stem in plan.stems if not stem.patch.is_drums} == {"general_midi"}


@pytest.mark.parametrize("style", ["techno", "house", "trap", "drum_and_bass", "deep_house"])
def test_chance_never_leaves_only_a_beat(style):
    for seed in range(40):
        band = set(roles(plan_of(style=style, seed=seed)))

        assert band & {"chords", "pad"}
        assert band & {"melody", "arp", "pad"}


def test_the_same_seed_gives_other_prompts_other_keys_and_titles():
    plans = [
        plan_of(f"jazz {word}", bars=4) for word in ("", "calm", "swing", "trio", "club", "late", "smoky")
    ]

    assert len({plan.key.tonic for plan in plans}) > 2
    assert len({plan.title for plan in plans}) > 3


def test_guitars_stand_in_keys_of_open_strings_and_horns_in_flat_ones():
    guitars = {plan_of("rock", seed=seed, bars=1).key.tonic for seed in range(30)}
    horns = {plan_of("only trumpet, jazz, major", seed=seed, bars=1).key.tonic for seed in range(30)}

    assert guitars <= {4, 9, 2, 7, 0, 11}
    assert horns == {5, 10, 3, 8, 0}


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


def test_dusty_drums_of_a_style_that_crushes_them_are_crushed_once_and_further():
    clean, dusty = plan_of("lofi"), plan_of("dusty lofi")
    crushed, further = (
        [each.parameters["bits"] for each in plan.stem_of("drums").mix.inserts if each.kind == "bitcrush"]
        for plan in (clean, dusty)
    )

    assert (crushed, further) == ([12.0], [11.0])


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


def told(prompt="", **fields):
    _, heard = make_plan(Request(prompt=prompt, **fields), _STYLES)
    return {entry.words: entry.meaning for entry in heard.understood}


def test_options_that_beat_words_say_so():
    meanings = told(
        "techno, 120 bpm, in A minor, 3/4, 8 bars, piano, no drums",
        style="house",
        tempo_bpm=124.0,
        key=Key.parse("C minor"),
        meter=Meter(4, 4),
        bars=4,
        stems=("drums", "bass"),
    )

    assert meanings == {
        "techno": "not used: the style option decides",
        "120 bpm": "not used: the tempo option decides",
        "in A minor": "not used: the key option decides",
        "3/4": "not used: the meter option decides",
        "8 bars": "not used: the bars option decides",
        "piano": "not used: the stems option decides",
        "drums": "not used: the stems option decides",
    }


def test_a_style_nobody_named_is_told_of():
    assert told("shoegaze", seed=3)["(no style named)"].startswith("style: ")
    assert "(no style named)" not in told("jazz")
    assert "(no style named)" not in told("shoegaze", style="jazz")


def test_a_word_that_only_names_the_song_says_so():
    assert told("christmas pop")["christmas"] == "used for the title"
    assert plan_of("christmas pop").title.startswith("Christmas ")


def test_a_form_spelled_out_is_followed_exactly():
    plan = plan_of("pop, intro verse chorus verse chorus bridge outro", seed=2)
    cut = plan_of("pop, intro 4, verse 8, chorus 8", bars=17)

    assert [section.name for section in plan.sections] == [
        "intro",
        "verse",
        "chorus",
        "verse",
        "chorus",
        "bridge",
        "outro",
    ]
    assert [section.name for section in cut.sections] == ["intro", "verse", "chorus"]
    assert sum(section.bars for section in cut.sections) == 17
    assert [s.bars for s in plan_of("pop, intro 4, verse 12, chorus 8").sections] == [4, 12, 8]


@pytest.mark.parametrize(("prompt", "letters"), [("AABA", "AABA"), ("jazz, ABAB", "ABAB")])
def test_letters_are_followed_exactly(prompt, letters):
    assert "".join(section.letter for section in plan_of(prompt).sections) == letters
