import json
import math
import os
import time
from pathlib import Path

import numpy as np
import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag, Stopped
from musicgen_desktop.media import CannotWriteError
from musicgen_desktop.session.controllers._pending_files import PendingFiles
from musicgen_desktop.session.controllers._song_audio import SongAudio
from musicgen_desktop.session.controllers._song_folder import prepare_folder, write_song
from musicgen_desktop.storage import ProjectInUseError, ProjectLock


def a_song(level=0.0):
    return SongAudio(Project.new("Two Bars"), {}, {}, np.full((4_800, 2), level, np.float32), -math.inf)


def files_of(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_a_project_beside_its_stems_is_named_by_its_name_alone(monkeypatch, tmp_path):
    prepare_folder(tmp_path)
    monkeypatch.chdir(tmp_path.parent)

    name = write_song(
        a_song(), tmp_path, Path(tmp_path.name, "Two Bars.mgproj"), lambda written: written.project
    )

    assert name == "Two Bars.mgproj"
    assert (tmp_path / name).is_dir()


def test_a_written_song_leaves_nothing_else_in_the_folder(tmp_path):
    prepare_folder(tmp_path)

    said = write_song(a_song(), tmp_path, tmp_path / "Two Bars.mgproj", lambda written: written)

    assert {path.name for path in tmp_path.iterdir()} == {
        "mix.wav",
        "report.json",
        "midi",
        "Two Bars.mgproj",
    }
    assert json.loads((tmp_path / "report.json").read_bytes())[-1] == list(said.files)


def test_a_failed_attempt_leaves_the_earlier_song_whole(tmp_path):
    place = tmp_path / "Two Bars.mgproj"
    prepare_folder(tmp_path)
    write_song(a_song(), tmp_path, place, lambda written: written)
    before = files_of(tmp_path)

    with ProjectLock(place), pytest.raises(ProjectInUseError):  # everything but the project was moved in
        write_song(a_song(0.5), tmp_path, place, lambda written: written)

    assert files_of(tmp_path) == before


def test_a_first_attempt_that_fails_leaves_no_files(tmp_path):
    prepare_folder(tmp_path)
    (tmp_path / "report.json").mkdir()

    with pytest.raises(CannotWriteError, match=r"^“report\.json” cannot be written: a folder"):
        write_song(a_song(), tmp_path, tmp_path / "Two Bars.mgproj", lambda written: written)

    assert files_of(tmp_path) == {}
    assert {path.name for path in tmp_path.iterdir()} == {"midi", "report.json"}


def test_a_stopped_attempt_leaves_the_earlier_song_whole(tmp_path):
    place = tmp_path / "Two Bars.mgproj"
    prepare_folder(tmp_path)
    write_song(a_song(), tmp_path, place, lambda written: written)
    before = files_of(tmp_path)
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        write_song(a_song(0.5), tmp_path, place, lambda written: written, stop=stop)

    assert files_of(tmp_path) == before


def test_a_pending_file_that_cannot_be_written_is_told_by_its_own_place(tmp_path):
    with pytest.raises(CannotWriteError) as caught, PendingFiles(tmp_path) as files:
        raise CannotWriteError(files.path("stems/a.wav"), OSError(28, "No space left on device"))

    assert caught.value.path == tmp_path / "stems" / "a.wav"
    assert ".writing" not in str(caught.value)


def test_what_a_killed_program_left_is_swept_a_day_later(tmp_path):
    for name, age_s in (("old", 100_000), ("new", 10)):
        place = tmp_path / f".writing-{name}"
        (place / "new").mkdir(parents=True)
        os.utime(place, (time.time() - age_s,) * 2)

    with PendingFiles(tmp_path):
        pass

    assert {path.name for path in tmp_path.iterdir()} == {".writing-new"}


def test_a_folder_that_was_only_prepared_holds_nothing(tmp_path):
    prepare_folder(tmp_path / "song")

    assert list((tmp_path / "song").iterdir()) == []
