"""Whose the notes and sounds of a song are."""

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    NotesClip,
    Origin,
    Project,
    Take,
    Track,
    origins_of,
    told_rights,
)

THEIRS = Origin("loop.mid", "CC-BY-NC 4.0")


def a_source(origins):
    return AudioSource("s", "rain", "audio/rain.wav", "", 48_000, 1, 48_000, origins)


def test_what_was_drawn_or_recorded_came_from_nobody_else():
    project = Project.new("Song").with_source(a_source(()))

    assert origins_of(project, (NotesClip("n", "", 0, 1), AudioClip("a", "", 0, 1, "s"))) == ()


def test_a_sound_of_an_older_project_may_be_of_others():
    project = Project.new("Song").with_source(a_source(None))

    assert origins_of(project, (AudioClip("a", "", 0, 1, "s"),)) == (Origin("rain"),)
    assert origins_of(project, (AudioClip("a", "", 0, 1, "s", take_id="t"),)) == ()


def test_the_parts_of_a_split_clip_both_remember_its_file():
    clip = NotesClip("n", "", 0, 3_840, origins=(THEIRS,))

    assert [part.origins for part in clip.split_at(960)] == [(THEIRS,), (THEIRS,)]


def test_licences_of_takes_and_files_of_others_are_told_once_each():
    clips = (
        NotesClip("a", "", 0, 1, take_id="t"),
        NotesClip("b", "", 1, 1, take_id="t", origins=(THEIRS,)),
        NotesClip("c", "", 2, 1, muted=True, origins=(Origin("other.mid"),)),
    )
    project = Project.new("Song").with_take(Take("t", "Take", "composer", licence="Yours."))
    track = Track("x", "X", "notes", clips=clips)

    told = told_rights(project, (track,))

    assert told == f"Yours. {THEIRS.sentence}"
    assert "other.mid" in told_rights(project, (track,), muted=True)
