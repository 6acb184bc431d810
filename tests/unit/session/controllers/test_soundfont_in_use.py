from musicgen_desktop.session.controllers.catalogue import SoundFontEntry, soundfont_in_use
from musicgen_desktop.session.preferences import save_soundfont


def test_the_shipped_one_plays_unless_another_was_chosen(tmp_path):
    shipped = soundfont_in_use()
    own = tmp_path / "own.sf2"
    own.touch()
    save_soundfont(own)

    assert soundfont_in_use() == (SoundFontEntry(own) if shipped.path is not None else SoundFontEntry())


def test_one_that_is_gone_is_told_in_a_sentence(tmp_path):
    plays = soundfont_in_use().path is not None
    save_soundfont(tmp_path / "gone.sf2")

    assert ("gone.sf2" in soundfont_in_use().problem) == plays
