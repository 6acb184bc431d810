import tomllib
from pathlib import Path

import msgspec
import pytest

from musicgen_desktop.foundation import UserInputError, load_settings, settings_path
from musicgen_desktop.session.preferences import (
    LoadedPreferences,
    Preferences,
    load_preferences,
    save_offline,
    save_preferences,
    save_soundfont,
)

OTHER = Preferences(
    device="Studio „Größe“ 2",
    device_frames=256,
    look_ahead_ms=60.0,
    rate=96000,
    theme="light",
    language="de-AT",
    snap="1/8",
    autosave_minutes=0,
    export_bits=16,
    metronome_db=-6.5,
    stop_returns_to_start=False,
)


def write(text):
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_bytes(text if isinstance(text, bytes) else text.encode())


def test_without_a_file_everything_has_its_default():
    loaded = load_preferences()

    assert (loaded.preferences, loaded.problem) == (Preferences(), "")


def test_what_is_saved_comes_back():
    save_preferences(OTHER)

    assert load_preferences().preferences == OTHER
    save_preferences(Preferences())
    assert load_preferences().preferences == Preferences(), "None takes a figure away again"


def test_a_hand_written_file_keeps_its_words_its_comments_and_what_we_do_not_know():
    write(
        '\ufeff# mine\r\nsoundfont = "/music/a.sf2"  # the good one\r\n\r\n[window]\r\n'
        'theme = "light"\r\nfrom_the_future = [1, 2]\r\n\r\n[window.later]\r\nx = 1\r\n'
    )

    save_preferences(msgspec.structs.replace(load_preferences().preferences, autosave_minutes=1))

    text = settings_path().read_text("utf-8")
    assert text.startswith('# mine\nsoundfont = "/music/a.sf2"  # the good one\n')
    assert tomllib.loads(text)["window"]["from_the_future"] == [1, 2]
    assert tomllib.loads(text)["window"]["later"] == {"x": 1}
    assert load_preferences().preferences == Preferences(theme="light", autosave_minutes=1)
    assert str(load_settings().soundfont_path) == "/music/a.sf2"


@pytest.mark.parametrize(
    "text",
    [
        'window = { theme = "light" }\nother = 1\n',
        'window.theme = "light"\nother = 1\n',
        'soundfont = """\n/music\n[window]"""\nwindow.theme = "light"\nother = 1\n',
        'other = 1\n[window]\ntheme = "light"\n[tail]\ntext = """\n[window]\nnot a heading\n"""\n',
    ],
)
def test_a_table_written_in_another_way_is_replaced_and_the_rest_stays(text):
    write(text)
    before = tomllib.loads(text)

    save_preferences(Preferences(theme="system"))

    after = tomllib.loads(settings_path().read_text())
    assert after["window"]["theme"] == "system"
    assert {**after, "window": None} == {**before, "window": None}


def test_values_that_make_no_sense_have_their_default_and_one_sentence_names_them():
    write('[window]\nautosave_minutes = 9000\ntheme = "pink"\nsnap = "1/8"\nmetronome_db = nan\n')

    loaded = load_preferences()

    assert loaded.preferences == Preferences(snap="1/8")
    assert "“theme”, “autosave_minutes”, “metronome_db” make no sense" in loaded.problem


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[window", b"window = 3", b"window = [1]"])
def test_a_file_of_nonsense_gives_the_defaults_and_a_sentence(data):
    write(data)

    loaded = load_preferences()

    assert loaded.preferences == Preferences()
    assert "the defaults are used" in loaded.problem
    save_preferences(OTHER)
    assert load_preferences().preferences == OTHER


def test_a_file_that_cannot_be_read_is_not_thrown_away():
    write(b'soundfont = "mine')

    save_preferences(OTHER)

    assert settings_path().with_name("settings.toml.unreadable").read_bytes() == b'soundfont = "mine'


def test_a_folder_that_refuses_is_told():
    settings_path().parent.parent.mkdir(parents=True, exist_ok=True)
    settings_path().parent.write_text("in the way")

    with pytest.raises(UserInputError, match="a file is in the way"):
        save_preferences(OTHER)


def test_nothing_but_the_settings_is_left_in_the_folder():
    save_preferences(OTHER)
    save_preferences(Preferences())

    assert [path.name for path in settings_path().parent.iterdir()] == ["settings.toml"]


def test_a_soundfont_is_chosen_and_given_back_and_all_else_stays():
    write('# mine\nsoundfont = "/music/old.sf2"\n\n[window]\ntheme = "light"\n')

    save_soundfont(Path("/music/Größe.sf3"))

    assert load_settings().soundfont_path == Path("/music/Größe.sf3")
    assert load_preferences().preferences.theme == "light"
    assert "# mine" in settings_path().read_text("utf-8")
    save_soundfont(None)
    assert load_settings().soundfont is None
    assert load_preferences().preferences.theme == "light"


def test_a_soundfont_is_chosen_without_a_file_too():
    save_soundfont(Path("/music/a.sf2"))
    save_preferences(OTHER)

    assert load_settings().soundfont == "/music/a.sf2"
    assert load_preferences().preferences == OTHER


def test_staying_offline_is_written_above_the_tables_and_taken_back_whole():
    write('# mine\nsoundfont = "/music/a.sf2"\n\n[window]\ntheme = "light"\n')

    save_offline(offline=True)

    assert load_settings().offline
    assert load_settings().soundfont == "/music/a.sf2"
    assert "# mine" in settings_path().read_text("utf-8")
    assert load_preferences().preferences.theme == "light"
    save_offline(offline=False)
    assert "offline" not in settings_path().read_text("utf-8")
    assert load_settings().soundfont == "/music/a.sf2"


def test_offline_and_a_soundfont_do_not_displace_each_other():
    save_offline(offline=True)
    save_soundfont(Path("/music/a.sf2"))
    save_preferences(Preferences(theme="light"))

    assert load_settings().offline
    assert load_settings().soundfont == "/music/a.sf2"
    save_soundfont(None)
    assert load_settings().offline


def test_midi_is_kept_and_what_is_no_controller_is_not():
    wanted = Preferences(
        midi_inputs=("Keys", "Knobs"),
        midi_actions={"transport.play": "CC 115 channel 1"},
        midi_takeover="jump",
        midi_virtual="tracks",
        midi_offsets_ms={"": 2.5, "A “synth”": -12.0},
    )
    save_preferences(wanted)
    kept = load_preferences()
    settings_path().write_text(
        '[window]\nmidi_takeover = "jump"\nmidi_actions = {"transport.play" = "the red one"}\n'
    )
    wrong = load_preferences()

    assert kept == LoadedPreferences(wanted)
    assert wrong.preferences == Preferences(midi_takeover="jump")
    assert "“midi_actions” makes no sense" in wrong.problem
