"""Preset files: the user's own win, and a bad one is named."""

import pytest

from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.instruments import BadPresetError, synth_presets

GOOD = """
[{name}]
name = "My own"
category = "lead"
layers = [{{ kind = "wave", wave = "saw" }}]
"""


def a_user_file(text, name="mine.toml"):
    folder = user_data_folder() / "instruments"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def test_a_user_preset_is_added_and_may_replace_one_of_ours():
    a_user_file(GOOD.format(name="my_lead") + GOOD.format(name="saw_lead"))

    presets = synth_presets()

    assert presets["my_lead"].name == "My own"
    assert presets["saw_lead"].name == "My own"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x", "mine.toml"),
        (f"x = {'[' * 5_000}", "nested"),
        (f"x = {'1' * 5_000}", "digits"),
        (f"# {' ' * (1 << 20)}", "larger"),
        ("x = 3", "x"),
        ('[x]\nname = "X"\ncategory = "lead"\n', "layers"),
        ('[x]\nname = "X"\ncategory = "lead"\nlayers = []\n', "layers"),
        ('[x]\nname = "X"\ncategory = "lead"\nlayers = [{ kind = "wave", wave = "kazoo" }]\n', "kazoo"),
        ('[x]\nname = "X"\ncategory = "lead"\nlayers = [{ kind = "wave", wawe = "saw" }]\n', "wawe"),
        ('[x]\nname = "X"\ncategory = "lead"\nlayers = [{ kind = "wave", unison = 900 }]\n', "unison"),
        ('[x]\nname = "X"\ncategory = "lead"\nlayers = [{ kind = "wave", tune = nan }]\n', "tune"),
        (
            '[x]\nname = "X"\ncategory = "lead"\nlayers = [{ kind = "modal", partials = [[1, 0, inf]] }]\n',
            "partials",
        ),
        (
            '[x]\nname = "X"\ncategory = "lead"\nlayers = [{ kind = "wave", amp = { attack_ms = -5 } }]\n',
            "attack_ms",
        ),
        ('[x]\nname = "X"\ncategory = "drums"\nsounds = { kick = { peak_db = "loud" } }\n', "peak_db"),
        ('[x]\nname = "X"\ncategory = "drums"\nsounds = { kick = { body = [[50, 0, -1]] } }\n', "body"),
    ],
)
def test_a_bad_preset_is_named_with_its_file_and_field(text, said):
    a_user_file(text)

    with pytest.raises(BadPresetError) as caught:
        synth_presets()

    assert "mine.toml" in str(caught.value)
    assert said in str(caught.value)
