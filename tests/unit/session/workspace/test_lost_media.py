import numpy as np
import pytest

from musicgen_desktop.document import AudioClip, AudioSource, Project, Track
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.session.workspace import find_in_folder, missing_media, relocate, relocate_all
from musicgen_desktop.storage import save_project

RATE = 48_000


def write(path, seed, frames=1000, rate=RATE):
    path.parent.mkdir(parents=True, exist_ok=True)
    sound = np.random.default_rng(seed).uniform(-0.5, 0.5, (frames, 1)).astype(np.float32)
    write_wav(path, sound, rate, 32)
    return path


@pytest.fixture
def song(tmp_path):
    """Three files, of which two are lost: they lie in another folder now."""
    folder = tmp_path / "Song.mgproj"
    project = Project.new("Song")
    for seed, name in enumerate(("kick", "vox", "pad")):
        path = write(folder / "audio" / f"{name}.wav", seed, 1000 + seed)
        project = project.with_source(
            AudioSource(name, f"The {name}", f"audio/{name}.wav", content_hash(path), RATE, 1, 1000 + seed)
        )
    clip = AudioClip("c", "Vox", 0, 960, source_id="vox")
    project = project.with_track(Track("t", "Vox", "audio", clips=(clip, clip.duplicated(960))))
    save_project(project, folder)
    away = tmp_path / "Old disk"
    (away / "deep").mkdir(parents=True)
    (folder / "audio" / "vox.wav").rename(away / "deep" / "vox.wav")
    (folder / "audio" / "pad.wav").rename(away / "renamed pad.wav")
    return project, folder, away


def test_what_is_gone_is_told_with_where_it_was_and_who_plays_it(song):
    project, folder, _away = song

    vox, pad = missing_media(project, folder)

    assert (vox.source_id, vox.name, vox.clips) == ("vox", "The vox", 2)
    assert vox.path == folder / "audio" / "vox.wav"
    assert (pad.source_id, pad.clips) == ("pad", 0)


def test_one_folder_mends_all_even_what_was_renamed(song):
    project, folder, away = song
    write(away / "vox.wav", 99, 1001)  # the same name and length, but another sound

    found = find_in_folder(project, missing_media(project, folder), away)

    assert found.files == {"vox": away / "deep" / "vox.wav", "pad": away / "renamed pad.wav"}
    assert not found.is_cut_short


def test_a_file_whose_tags_were_written_anew_is_known_by_name_and_length(song):
    project, folder, away = song
    (away / "deep" / "vox.wav").unlink()
    other = write(away / "VOX.WAV", 50, 1001)
    write(away / "deep" / "vox.wav", 51, 500)

    found = find_in_folder(project, missing_media(project, folder), away)

    assert found.files["vox"] == other


def test_what_is_not_there_stays_lost(song):
    project, folder, away = song
    (away / "deep" / "vox.wav").write_bytes(b"no sound")

    assert set(find_in_folder(project, missing_media(project, folder), away).files) == {"pad"}


def test_a_search_can_be_stopped(song):
    project, folder, away = song
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        find_in_folder(project, missing_media(project, folder), away, stop=stop)


def test_a_folder_that_is_none_is_told(song):
    project, folder, away = song

    with pytest.raises(UserInputError, match="is not a folder"):
        find_in_folder(project, missing_media(project, folder), away / "nowhere")


def test_found_files_come_into_the_project_as_one_edit(song):
    project, folder, away = song
    store = ProjectStore.open(folder)
    found = find_in_folder(project, missing_media(project, folder), away)

    edit = relocate_all(store.project, found.files, folder)
    store.apply(edit.label, edit.project)

    assert store.undo_label == "Find 2 audio files"
    assert missing_media(store.project, folder) == ()
    assert store.project.source("pad").path == "audio/renamed pad.wav"
    assert store.project.source("vox").content_hash == project.source("vox").content_hash
    store.close()


def test_another_version_of_a_file_takes_its_place(song):
    project, folder, away = song
    longer = write(away / "vox new.wav", 7, 4000)

    edit = relocate(project, "vox", longer, folder)

    assert edit.label == "Find “The vox”"
    source = edit.project.source("vox")
    assert (source.frames, source.content_hash) == (4000, content_hash(longer))
    assert (folder / source.path).is_file()


def test_a_project_without_a_folder_points_to_where_the_file_is(song):
    project, _folder, away = song

    edit = relocate(project, "vox", away / "deep" / "vox.wav", None)

    assert edit.project.source("vox").path == (away / "deep" / "vox.wav").as_posix()


def test_a_file_at_another_rate_is_refused(song):
    project, folder, away = song

    with pytest.raises(UserInputError, match="has 44100 Hz"):
        relocate(project, "vox", write(away / "slow.wav", 1, rate=44_100), folder)
