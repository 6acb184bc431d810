import pytest

from musicgen_desktop.generation.composer import load_styles
from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._form import make_form
from musicgen_desktop.generation.composer.prompt import Reading

_STYLES = load_styles()
_ROLES = ("drums", "bass", "chords", "pad", "melody", "counter")


def form_of(bars, style="pop", roles=_ROLES, seed=1, **reading):
    return make_form(_STYLES[style], bars, Reading(**reading), roles, 0.5, Dice(seed))


def shape(sections):
    return [(section.name, section.bars) for section in sections]


@pytest.mark.parametrize("style", ["pop", "house", "techno", "blues", "jazz", "ambient"])
@pytest.mark.parametrize("feature", ["", "loop", "song", "breakdown", "drop", "no_intro", "blues12"])
def test_a_form_has_exactly_the_bars_that_were_asked_for(style, feature):
    for bars in (*range(1, 42), 57, 64, 100, 128, 333, 999):
        sections, _ = form_of(bars, style, features=(feature,) if feature else ())

        assert sum(section.bars for section in sections) == bars
        assert all(section.bars > 0 for section in sections)
        assert [s.first_bar for s in sections[1:]] == [s.last_bar + 1 for s in sections[:-1]]


def test_sixteen_bars_are_a_loop_of_four_phrases_in_which_all_stems_play():
    sections, loop = form_of(16, "lofi")

    assert loop
    assert shape(sections) == [("loop", 4)] * 4
    assert "".join(section.letter for section in sections) in ("AABA", "ABAB")
    assert all(set(section.stems) >= set(_ROLES) - {"counter"} for section in sections)
    assert all(section.stems == _ROLES for section in sections[1:])


def test_a_song_of_64_bars_begins_quietly_peaks_and_ends():
    sections, loop = form_of(64, "pop")

    intensities = {section.name: section.intensity for section in sections}

    assert not loop
    assert sections[0].name == "intro"
    assert sections[-1].name == "outro"
    assert intensities["chorus"] > intensities["verse"] > intensities["intro"]
    assert not sections[-1].fill


def test_sections_of_the_same_kind_share_their_material():
    sections, _ = form_of(96, "pop")

    letters = {}
    for section in sections:
        letters.setdefault(section.name, set()).add(section.letter)

    assert letters["verse"] == {"A"}
    assert letters["chorus"] == {"B"}
    assert all(len(of_kind) == 1 for of_kind in letters.values())


@pytest.mark.parametrize("kind", ["breakdown", "build", "drop", "bridge", "solo", "intro", "outro"])
@pytest.mark.parametrize("bars", [16, 32, 64])
def test_a_section_that_was_asked_for_is_there(kind, bars):
    sections, _ = form_of(bars, "pop", features=(kind,))

    assert kind in [section.name for section in sections]


def test_a_section_that_was_refused_is_not_there():
    for seed in range(10):
        sections, _ = form_of(64, "house", seed=seed, features=("no_intro", "no_outro"))

        assert not {"intro", "outro"} & {section.name for section in sections}


def test_a_section_gets_the_bars_the_prompt_gives_it():
    sections, _ = form_of(40, "pop", section_bars={"intro": 8})

    assert shape(sections)[0] == ("intro", 8)


def test_letters_of_the_prompt_are_kept():
    sections, _ = form_of(32, "jazz", letters="AABA")

    assert [(section.letter, section.bars) for section in sections] == [
        ("A", 8),
        ("A", 8),
        ("B", 8),
        ("A", 8),
    ]


def test_a_blues_has_choruses_of_twelve_bars():
    assert shape(form_of(24, "blues")[0]) == [("verse", 12), ("verse", 12)]
    assert shape(form_of(16, "blues")[0]) == [("verse", 12), ("verse", 4)]


_CLUB = ["house", "deep_house", "techno", "trance", "drum_and_bass", "dubstep", "uk_garage"]


@pytest.mark.parametrize("style", _CLUB)
@pytest.mark.parametrize("features", [(), ("drop",), ("breakdown",), ("song",)])
def test_a_club_song_has_its_bass_early_and_its_climax_before_the_breakdown(style, features):
    for bars in (16, 24, 32, 48, 64, 96):
        for seed in range(4):
            sections, _ = form_of(bars, style, seed=seed, features=features)

            names = [section.name for section in sections]
            assert next(s.first_bar for s in sections if "bass" in s.stems) <= 9
            if "breakdown" in names:
                assert {"drop", "chorus"} & set(names[: names.index("breakdown")])


@pytest.mark.parametrize("style", _CLUB)
@pytest.mark.parametrize("features", [(), ("drop",), ("breakdown",), ("song",)])
def test_most_bars_of_a_short_club_song_are_full(style, features):
    for bars in (16, 24, 28, 32):
        for seed in range(4):
            sections, _ = form_of(bars, style, seed=seed, features=features)

            full = [
                s.bars
                for s in sections
                if {"drums", "bass"} <= set(s.stems) and {"chords", "pad"} & set(s.stems)
            ]
            assert sum(full) > bars / 2


def test_a_loop_may_have_sections():
    sections, loop = form_of(32, "house", features=("loop", "drop"))

    assert loop
    assert "drop" in [section.name for section in sections]


def test_no_section_is_silent_when_few_stems_were_chosen():
    for roles in (("drums",), ("melody",), ("bass", "counter")):
        for bars in (16, 64):
            sections, _ = form_of(bars, "house", roles)

            assert all(section.stems for section in sections)


def test_more_energy_is_more_intensity():
    calm, _ = make_form(_STYLES["pop"], 16, Reading(), _ROLES, 0.1, Dice(1))
    wild, _ = make_form(_STYLES["pop"], 16, Reading(), _ROLES, 0.9, Dice(1))

    assert all(w.intensity > c.intensity for w, c in zip(wild, calm, strict=True))
