import math
from pathlib import Path

import numpy as np

from musicgen_desktop.document import Project
from musicgen_desktop.session.controllers._song_audio import SongAudio
from musicgen_desktop.session.controllers._song_folder import prepare_folder, write_song


def test_a_project_beside_its_stems_is_named_by_its_name_alone(monkeypatch, tmp_path):
    song = SongAudio(Project.new("Two Bars"), {}, {}, np.zeros((4_800, 2), np.float32), -math.inf)
    prepare_folder(tmp_path)
    monkeypatch.chdir(tmp_path.parent)

    written = write_song(song, tmp_path, project_folder=Path(tmp_path.name, "Two Bars.mgproj"))

    assert written.project == "Two Bars.mgproj"
    assert (tmp_path / written.project).is_dir()
