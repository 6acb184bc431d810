import pytest

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.playback.recording import LOG_SUFFIX
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.session.workspace import (
    is_unsaved,
    new_project_folder,
    projects_folder,
    remove_unsaved,
    remove_untouched,
)
from musicgen_desktop.storage import open_project, save_project


@pytest.fixture
def store():
    """A new project as the window begins it."""
    folder = new_project_folder()
    project = Project.new("Untitled").with_track(Track("t", "Bass", "notes"))
    save_project(project, folder)
    found = ProjectStore(project, folder)
    yield found
    found.close()


def test_each_new_project_has_a_folder_of_its_own():
    names = [new_project_folder().name for _ in range(3)]
    odd = new_project_folder("../Night: drive")

    assert names == ["Untitled 1.mgproj", "Untitled 2.mgproj", "Untitled 3.mgproj"]
    assert odd.parent == projects_folder()
    assert is_unsaved(odd)


def test_the_journal_protects_work_that_was_never_saved(store):
    store.apply("Rename", store.project.renamed("Idea"))
    assert store.flush(20)

    opened = open_project(store.folder)

    assert (opened.project.name, opened.recovered_edits) == ("Idea", 1)


def test_a_project_in_which_nothing_was_made_goes_when_it_is_closed(store):
    store.close()

    assert remove_untouched(store.folder)
    assert not store.folder.exists()


def test_what_was_made_and_taken_back_leaves_nothing(store):
    store.apply("Rename", store.project.renamed("Idea"))
    store.undo()
    store.close()

    assert remove_untouched(store.folder)


def test_a_folder_that_was_only_made_goes_too():
    folder = new_project_folder()

    assert remove_untouched(folder)
    assert not folder.exists()


def edit(store):
    store.apply("Rename", store.project.renamed("Idea"))


def save(store):
    edit(store)
    store.save()


def record(store):
    (store.folder / "takes" / "vox.wav").write_bytes(b"RIFF")


@pytest.mark.parametrize("work", [edit, save, record])
def test_any_work_keeps_the_project(store, work):
    work(store)
    store.close()

    assert not remove_untouched(store.folder)
    assert open_project(store.folder).project is not None


def test_a_song_that_was_saved_whole_at_once_is_kept():
    folder = new_project_folder()
    clip = NotesClip("c", "Riff", 0, 3840)
    save_project(Project.new("Song").with_track(Track("t", "Bass", "notes", clips=(clip,))), folder)

    assert not remove_untouched(folder)


def test_a_project_that_is_open_stays(store):
    assert not remove_untouched(store.folder)
    assert not remove_unsaved(store.folder)
    assert (store.folder / "project.json").exists()


def test_a_project_of_the_users_own_place_is_never_removed(tmp_path):
    folder = tmp_path / "Song.mgproj"
    save_project(Project.new("Song"), folder)

    assert not remove_untouched(folder)
    assert not remove_unsaved(folder)
    assert folder.exists()


def test_work_that_was_saved_elsewhere_leaves_its_first_home(store, tmp_path):
    home = store.folder
    edit(store)
    store.save_as(tmp_path / "Song.mgproj")

    assert remove_unsaved(home)
    assert not home.exists()
    assert open_project(tmp_path / "Song.mgproj").project.name == "Idea"


def test_what_was_handed_to_other_programs_stays_when_work_is_saved_elsewhere(store, tmp_path):
    home = store.folder
    stem = home / "exports" / "0f" / "01_bass.wav"
    stem.parent.mkdir(parents=True)
    stem.write_bytes(b"RIFF")
    edit(store)
    store.save_as(tmp_path / "Song.mgproj")

    assert remove_unsaved(home)
    assert [each.name for each in home.iterdir()] == ["exports"]
    assert stem.read_bytes() == b"RIFF"
    assert new_project_folder() != home


def test_what_was_handed_to_other_programs_outlives_an_untouched_project(store):
    stem = store.folder / "exports" / "0f" / "01_bass.wav"
    stem.parent.mkdir(parents=True)
    stem.write_bytes(b"RIFF")
    store.close()

    assert remove_untouched(store.folder)
    assert stem.exists()


def test_a_recording_that_came_into_no_project_yet_stays(store, tmp_path):
    home = store.folder
    (home / "takes" / f"one{LOG_SUFFIX}").write_bytes(b"{}")
    (home / "takes" / "one-vox.wav").write_bytes(b"RIFF")
    store.save_as(tmp_path / "Song.mgproj")

    assert remove_unsaved(home)
    assert (home / "takes" / "one-vox.wav").exists()
    assert not (home / "project.json").exists()
