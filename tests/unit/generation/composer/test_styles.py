import tomllib

import pytest

from musicgen_desktop.foundation import UserInputError, resources_folder, user_data_folder
from musicgen_desktop.generation import STEMS, Request
from musicgen_desktop.generation.composer import (
    BadStyleFileError,
    Composer,
    UnknownStyleError,
    load_styles,
    parse_patch,
)
from musicgen_desktop.generation.composer._effects import PARAMETERS
from musicgen_desktop.generation.composer._make_plan import make_plan
from musicgen_desktop.instruments import synth_presets
from musicgen_desktop.music import Patch
from musicgen_desktop.playback.mixer import EFFECTS
from musicgen_desktop.timing import Meter

_STYLES = load_styles()
_SMALL = """
[style]
id = "porch"
name = "Porch music"
words = ["porch"]
[harmony]
modes = { major = 1 }
[stems.chords]
patches = ["gm:banjo"]
"""


def write_style(text, name="porch.toml"):
    folder = user_data_folder() / "styles"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_there_are_many_styles_and_no_two_share_a_word():
    owners = {}
    for naming in _STYLES.namings():
        for word in {naming.id, naming.name.lower(), *naming.words}:
            owners.setdefault(word, set()).add(naming.id)

    assert len(_STYLES) >= 25
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("style_id", list(_STYLES))
def test_a_style_names_only_sounds_effects_and_returns_that_exist(style_id):
    style = _STYLES[style_id]
    presets = synth_presets()

    patches = [parse_patch(text) for stem in style.stems.values() for text in stem.patches]
    chains = [style.master, *style.returns.values(), *(mix.inserts for mix in style.mix.values())]

    assert {patch.preset for patch in patches if patch.source == "synth"} <= set(presets)
    for effect in (effect for chain in chains for effect in chain):
        ranges = {spec.name: (spec.low, spec.high) for spec in EFFECTS[effect.kind].parameters}
        for name, value in effect.parameters.items():
            assert ranges[name][0] <= value <= ranges[name][1], (effect.kind, name, value)
    assert {name for mix in style.mix.values() for name in mix.sends} <= set(style.returns)


def test_the_words_of_prompts_name_only_sounds_roles_and_styles_that_exist():
    words = tomllib.loads((resources_folder() / "prompt" / "words.toml").read_text("utf-8"))

    for entry in words["instruments"].values():
        assert {*entry["roles"], *entry.get("solo", ())} <= set(STEMS)
        patch = parse_patch(entry.get("patch", "gm:0"))
        assert patch.source == "general_midi" or patch.preset in synth_presets()
    for entry in (*words["instruments"].values(), *words["moods"].values()):
        assert set(entry.get("styles", ())) <= set(_STYLES)


@pytest.mark.parametrize("style_id", list(_STYLES))
@pytest.mark.parametrize("meter", ["3/4", "6/8", "5/4", "7/8", "4/4"])
def test_every_style_plans_any_length_in_any_meter(style_id, meter):
    for bars in (1, 4, 16, 33):
        request = Request(style=style_id, bars=bars, meter=Meter.parse(meter), seed=bars)

        plan, _ = make_plan(request, _STYLES)

        assert [section.first_bar for section in plan.sections] == _starts(plan.sections)
        assert sum(section.bars for section in plan.sections) == bars
        assert all(section.stems for section in plan.sections)
        ends = [placed.start_ticks + placed.length_ticks for placed in plan.chords]
        assert [placed.start_ticks for placed in plan.chords] == [0, *ends[:-1]]
        assert ends[-1] == plan.length_ticks
        assert plan.style.tempo.low <= plan.tempo_map.bpm_at(0) <= plan.style.tempo.high


def _starts(sections):
    starts, at = [], 1
    for section in sections:
        starts.append(at)
        at += section.bars
    return starts


def test_a_style_has_only_the_modes_it_names():
    assert set(_STYLES["dubstep"].harmony.modes) == {"minor", "phrygian", "harmonic minor"}


@pytest.mark.parametrize("name", ["lofi", "Lo-Fi Hip Hop", "r&b", "chillhop"])
def test_a_style_is_found_by_any_of_its_names(name):
    assert _STYLES.find(name).id in ("lofi", "soul")


def test_an_unknown_style_is_refused_with_the_nearest_names():
    with pytest.raises(UnknownStyleError, match="did you mean techno"):
        _STYLES.find("tecno")
    with pytest.raises(UnknownStyleError, match="ambient, blues"):
        _STYLES.find("qqq")


def test_one_file_in_the_users_folder_is_a_new_style():
    write_style(_SMALL)

    take = Composer().generate(Request(prompt="porch, 4 bars", seed=1))

    assert take.style == "porch"
    assert [stem.patch.program for stem in take.stems] == [105]
    assert take.stems[0].notes


def test_a_users_file_replaces_our_style_of_the_same_id_and_may_be_like_another():
    write_style('[style]\nid = "lofi"\nname = "My lo-fi"\nlike = "jazz"\n[feel]\nswing = 0.1\n')

    style = load_styles().find("lofi")

    assert (style.name, style.feel.swing) == ("My lo-fi", 0.1)
    assert style.parts == _STYLES["jazz"].parts
    assert style.stems == _STYLES["jazz"].stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[style\nid = 1", "not valid TOML"),
        ("[tempo]\nlow = 3", r"no table \[style\]"),
        ('[style]\nid = "porch"', "style.*name"),
        (_SMALL + "[tempo]\nusual = 'fast'", "tempo.usual"),
        (_SMALL + "[tempo]\nlow = 300", "low ≤ usual ≤ high"),
        (_SMALL + "[feel]\nswong = 0.5", "feel.*swong"),
        (_SMALL + "[harmony.progressions.major]\nany = ['I | XX']", "XX"),
        (_SMALL + "[harmony.progressions.blurry]\nany = ['I']", "blurry"),
        (_SMALL + "[stems.banjo]\npatches = ['gm:banjo']", "stems.banjo"),
        (_SMALL + "[stems.bass]\npatches = ['gm:theorbo']", "theorbo"),
        (_SMALL + "[stems.bass]\npatches = ['kit:kit_808']", "kit_808"),
        (_SMALL + "[form]\nlong = ['intro four']", "intro"),
        (_SMALL + "[bass]\nmanner = 'slurping'", "bass.manner"),
        ('like = "house"\n' + _SMALL, r"like = … outside of the table \[style\]"),
        (_SMALL + "[mix.bass]\ninserts = [{ kind = 'gain' }, { kind = 'reverb', wett = 1 }]", r"\[1\].wett"),
        (_SMALL + "[mix.bass]\ninserts = [{ kind = 'reverb', wet = 'much' }]", r"bass.inserts\[0\].wet: .*1"),
        (_SMALL + "[mix.bass]\ninserts = [{ wet = 1 }]", r"mix.bass.inserts\[0\]: an effect needs"),
        (_SMALL + "[mix.bass]\ninserts = [{ kind = 'shimmer' }]", r"inserts\[0\].kind: .*shimmer"),
        (_SMALL + "[mix.bass]\ninserts = 'reverb'", "mix.bass.inserts: write a list"),
        (_SMALL.replace("major = 1", "major = -1"), "modes"),
        (_SMALL.replace('name = "Porch music"', 'name = "P"\nlike = "nobody"'), "nobody"),
    ],
)
def test_a_style_file_that_is_not_right_is_named_with_the_place_and_the_mend(text, words):
    write_style(text)

    with pytest.raises(BadStyleFileError, match=words) as caught:
        load_styles().find("porch")

    assert "porch.toml" in str(caught.value)


def test_a_broken_file_hides_no_other_style_and_is_told_of():
    write_style(_SMALL.replace("gm:banjo", "gm:theorbo"))
    write_style("[style\nid = 1", "garbled.toml")
    write_style(_SMALL.replace("porch", "stoop").replace("Porch", "Stoop"), "stoop.toml")

    styles = load_styles()

    assert styles.find("stoop").id == "stoop"
    assert Composer().generate(Request(prompt="stoop, 4 bars")).style == "stoop"
    assert len(styles.usable()) == len(_STYLES) + 1
    assert [str(error).split("”")[0] for error in styles.broken] == [
        "The style file “garbled.toml",
        "The style file “porch.toml",
    ]
    with pytest.raises(BadStyleFileError, match="theorbo"):
        styles.find("porch")
    with pytest.raises(BadStyleFileError, match="not valid TOML"):
        styles.find("garbled")


def test_a_broken_style_is_never_drawn_by_chance():
    for name in ("lofi", "synthwave", "pop", "soul", "deep_house"):
        write_style(f'[style]\nid = "{name}"\nname = "{name}"\nlike = "nobody"\n', f"{name}.toml")

    takes = [Composer().generate(Request(prompt="", bars=1, seed=seed)) for seed in range(4)]

    assert {take.style for take in takes} == {"funk"}


def test_an_heir_of_a_broken_style_names_the_file_that_is_wrong():
    write_style(_SMALL + "[feel]\nswing = 7")
    write_style('[style]\nid = "stoop"\nname = "Stoop"\nlike = "porch"\n', "stoop.toml")

    with pytest.raises(BadStyleFileError, match=r"porch\.toml"):
        load_styles().find("stoop")
    assert len(load_styles().broken) == 1


def test_a_byte_order_mark_is_no_mistake():
    write_style("\ufeff" + _SMALL)

    assert load_styles().find("porch").name == "Porch music"


def test_an_enormous_style_file_is_refused_before_it_is_read():
    write_style(_SMALL + "#" * 300_000)

    (error,) = load_styles().broken

    assert "larger than 256 kB" in str(error)


def test_the_effects_a_style_may_name_are_those_of_the_mixer():
    theirs = {
        kind: {each.name: (each.low, each.high) for each in spec.parameters} for kind, spec in EFFECTS.items()
    }

    assert theirs == PARAMETERS


def test_a_patch_is_written_in_few_words():
    assert parse_patch("gm:banjo") == Patch(source="general_midi", program=105, name="banjo")
    assert parse_patch("kit:kit_808") == Patch(source="synth", preset="kit_808", is_drums=True)
    assert parse_patch("gm_drums:40").is_drums
    for wrong in ("banjo", "gm:", "gm:128", "gm:nothing", "synth:", "gm_drums:x", ""):
        with pytest.raises(UserInputError):
            parse_patch(wrong)
