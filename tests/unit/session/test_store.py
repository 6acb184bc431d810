"""The store: edits, undo, journal and saving."""

import threading

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import AudioSource, BadProjectError, Project, Track
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import ProjectInUseError, open_project, save_project


def a_project(name="Song"):
    return Project.new(name).with_track(Track("a", "Bass", "notes"))


def with_gain(project, gain_db):
    return project.with_track(project.track("a").with_gain(gain_db))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "Song.mgproj"
    save_project(a_project(), folder)
    return folder


def damaged(folder):
    """A project whose file is broken and whose backup is not."""
    save_project(open_project(folder).project.renamed("Second"), folder)
    (folder / "project.json").write_bytes(b"rubbish")
    return folder


def test_an_edit_is_undone_and_redone_by_its_label():
    store = ProjectStore(a_project())
    first = store.project

    store.apply("Rename", first.renamed("Second"))
    second = store.project
    undone = store.undo()

    assert undone
    assert store.project is first
    assert (store.undo_label, store.redo_label) == (None, "Rename")
    assert store.redo()
    assert store.project is second
    assert (store.undo_label, store.redo_label) == ("Rename", None)


def test_going_to_an_edit_is_one_change_however_far_it_is():
    store = ProjectStore(a_project())
    states = [store.project]
    for gain_db in (-1.0, -2.0, -3.0):
        store.apply("Set gain", with_gain(store.project, gain_db))
        states.append(store.project)
    heard = []
    store.subscribe(heard.append)

    assert store.go_to(0)
    assert store.project is states[0]
    assert store.go_to(2)
    assert store.project is states[2]
    assert not store.go_to(2)

    assert [change.label for change in heard] == ["Undo Set gain", "Redo Set gain"]
    assert (len(store.history), len(store.future)) == (2, 1)


def test_a_cancelled_drag_takes_back_its_own_edit_and_no_other():
    store = ProjectStore(a_project())
    held = store.project
    assert not store.take_back(held)
    store.apply("Set gain", with_gain(store.project, -1.0), "drag")
    store.apply("Set gain", with_gain(store.project, -2.0), "drag")
    assert store.take_back(held)
    assert store.project is held

    store.apply("Set gain", with_gain(store.project, -1.0), "drag")
    store.apply("Another hand", with_gain(store.project, -3.0))

    assert not store.take_back(held)
    assert store.history == ("Set gain", "Another hand")


def test_nothing_to_undo_or_redo_is_no_error():
    store = ProjectStore(a_project())

    assert not store.undo()
    assert not store.redo()


def test_a_new_edit_ends_what_could_be_redone():
    store = ProjectStore(a_project())
    store.apply("One", store.project.renamed("1"))
    store.apply("Two", store.project.renamed("2"))
    store.undo()

    store.apply("Three", store.project.renamed("3"))

    assert store.history == ("One", "Three")
    assert store.future == ()
    assert store.redo_label is None


def test_a_drag_is_one_step():
    store = ProjectStore(a_project())
    first = store.project
    for gain_db in (-1.0, -2.0, -3.0):
        store.apply("Move fader", with_gain(store.project, gain_db), merge_key="gain a")

    assert store.history == ("Move fader",)
    store.undo()
    assert store.project is first


def test_drags_after_a_release_another_edit_or_an_undo_are_steps_of_their_own():
    store = ProjectStore(a_project())
    store.apply("Drag", with_gain(store.project, -1.0), merge_key="gain a")
    store.end_merge()
    store.apply("Drag", with_gain(store.project, -2.0), merge_key="gain a")
    store.apply("Rename", store.project.renamed("x"))
    store.apply("Drag", with_gain(store.project, -3.0), merge_key="gain a")
    store.undo()
    store.apply("Drag", with_gain(store.project, -4.0), merge_key="gain a")

    assert store.history == ("Drag", "Drag", "Rename", "Drag")


def test_an_edit_that_changes_nothing_is_none():
    store = ProjectStore(a_project())
    heard = []
    store.subscribe(heard.append)

    store.apply("Nothing", with_gain(store.project, 0.0))

    assert store.history == ()
    assert heard == []


def test_an_edit_that_contradicts_itself_changes_nothing():
    store = ProjectStore(a_project())
    before = store.project

    with pytest.raises(BadProjectError):
        store.apply("Bend", with_gain(before, 99.0))

    assert store.project is before
    assert store.history == ()


def test_listeners_hear_both_states_until_they_leave():
    store = ProjectStore(a_project())
    heard = []
    leave = store.subscribe(heard.append)
    first = store.project

    store.apply("Rename", first.renamed("x"))
    store.undo()
    leave()
    leave()
    store.redo()

    assert [change.label for change in heard] == ["Rename", "Undo Rename"]
    assert heard[0].before is first
    assert heard[1].after is first


def test_another_thread_may_not_edit():
    store = ProjectStore(a_project())
    errors = []

    def edit():
        try:
            store.apply("Rename", store.project.renamed("x"))
        except RuntimeError as error:
            errors.append(error)

    thread = threading.Thread(target=edit)
    thread.start()
    thread.join()

    assert len(errors) == 1
    assert store.history == ()


def test_saved_follows_the_project_through_undo(folder):
    store = ProjectStore.open(folder)
    seen = [store.saved]
    store.apply("Rename", store.project.renamed("x"))
    seen.append(store.saved)
    store.undo()
    seen.append(store.saved)
    store.redo()
    store.save()
    seen.append(store.saved)
    store.close()

    assert seen == [True, False, True, True]
    assert open_project(folder).project.name == "x"


def test_edits_survive_without_a_save(folder):
    store = ProjectStore.open(folder)
    store.apply("Rename", store.project.renamed("x"))
    store.apply("Fader", with_gain(store.project, -3.0))
    store.undo()
    store.close()

    again = ProjectStore.open(folder)

    assert again.project.name == "x"
    assert again.project.track("a").gain_db == 0.0
    assert again.opened.recovered_edits == 3
    assert not again.saved
    again.apply("Fader", with_gain(again.project, -9.0))
    again.close()
    assert open_project(folder).project.track("a").gain_db == -9.0
    assert open_project(folder).recovered_edits == 4


def test_discarded_edits_do_not_come_back(folder):
    store = ProjectStore.open(folder)
    store.apply("Rename", store.project.renamed("x"))

    store.discard()

    assert open_project(folder).project.name == "Song"


def test_opening_without_the_journal_then_editing_leaves_its_edits_out(folder):
    store = ProjectStore.open(folder)
    store.apply("Rename", store.project.renamed("x"))
    store.close()

    safe = ProjectStore.open(folder, with_journal=False)
    name = safe.project.name
    safe.apply("Fader", with_gain(safe.project, -3.0))
    safe.close()

    again = open_project(folder).project
    assert (name, again.name, again.track("a").gain_db) == ("Song", "Song", -3.0)


def test_after_a_backup_was_opened_edits_are_safe_again(folder):
    store = ProjectStore.open(damaged(folder))
    used = store.opened.used_backup

    store.apply("Fader", with_gain(store.project, -3.0))
    store.close()

    opened = open_project(folder)
    assert used == "project.json.bak"
    assert (opened.used_backup, opened.recovered_edits) == (None, 1)
    assert opened.project.track("a").gain_db == -3.0
    assert (folder / "project.json.damaged").read_bytes() == b"rubbish"


def test_looking_at_a_damaged_project_writes_nothing(folder):
    damaged(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    ProjectStore.open(folder).close()

    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_one_project_opens_in_one_window(folder):
    store = ProjectStore.open(folder)

    with pytest.raises(ProjectInUseError):
        ProjectStore.open(folder)

    store.close()
    ProjectStore.open(folder).close()


def test_save_without_a_folder_is_a_mistake():
    with pytest.raises(ValueError, match="save_as"):
        ProjectStore(a_project()).save()


def test_save_as_brings_outside_audio_in_also_for_undo(tmp_path):
    outside = tmp_path / "vox.wav"
    outside.write_bytes(b"voice")
    source = AudioSource("s", "vox", outside.as_posix(), "blake2b-1", 48000, 1, 9)
    store = ProjectStore(a_project())
    store.apply("Import", store.project.with_source(source))
    store.apply("Remove", msgspec.structs.replace(store.project, sources=()))
    folder = tmp_path / "New.mgproj"

    store.save_as(folder)
    store.undo()
    store.save()
    store.close()

    assert store.folder == folder
    assert (folder / "audio" / "vox.wav").read_bytes() == b"voice"
    assert open_project(folder).project.sources[0].path == "audio/vox.wav"


def test_a_song_is_called_what_it_is_saved_under_also_after_undo_and_redo(tmp_path):
    store = ProjectStore(a_project())
    store.apply("One", msgspec.structs.replace(store.project, end_ticks=960))
    store.apply("Two", msgspec.structs.replace(store.project, end_ticks=1920))
    store.undo()
    told = []
    store.subscribe(told.append)

    store.save_as(tmp_path / "Night.mgproj", name="Night")

    assert (store.project.name, store.saved, store.history) == ("Night", True, ("One",))
    assert [(change.before.name, change.after.name) for change in told] == [("Song", "Night")]
    assert open_project(tmp_path / "Night.mgproj").project.name == "Night"
    store.redo()
    assert (store.project.name, store.project.end_ticks) == ("Night", 1920)
    store.go_to(0)
    assert (store.project.name, store.project.end_ticks) == ("Night", 0)
    store.close()


def test_save_as_without_a_name_keeps_the_songs(tmp_path):
    store = ProjectStore(a_project())

    store.save_as(tmp_path / "Night.mgproj")

    assert store.project.name == "Song"
    store.close()


def test_save_as_leaves_the_old_folder_and_lets_it_go(folder, tmp_path):
    store = ProjectStore.open(folder)
    store.apply("Rename", store.project.renamed("x"))

    store.save_as(tmp_path / "Copy.mgproj")
    store.apply("Rename", store.project.renamed("y"))
    store.close()

    assert open_project(tmp_path / "Copy.mgproj").project.name == "y"
    old = ProjectStore.open(folder, with_journal=False)
    assert old.project.name == "Song"
    old.close()


def test_a_source_outside_the_folder_is_refused_once_there_is_a_folder(folder, tmp_path):
    store = ProjectStore.open(folder)
    source = AudioSource("s", "vox", (tmp_path / "vox.wav").as_posix(), "blake2b-1", 48000, 1, 9)

    with pytest.raises(BadProjectError, match="outside the project folder"):
        store.apply("Import", store.project.with_source(source))

    store.close()


EDIT = st.tuples(
    st.sampled_from(["gain", "name", "track", "drop", "undo", "redo", "drag"]), st.integers(-20, 20)
)


def edited(store, what, number):
    project = store.project
    if what == "undo":
        store.undo()
    elif what == "redo":
        store.redo()
    elif what == "gain":
        store.apply(what, project.with_track(project.master.with_gain(float(number))))
    elif what == "drag":
        store.apply(what, project.with_track(project.master.with_pan(number / 20)), merge_key="pan")
    elif what == "name":
        store.apply(what, project.renamed(str(number)))
    elif what == "track":
        store.apply(what, project.with_track(Track(f"t{number % 4}", str(number), "notes")))
    else:
        store.apply(what, project.without_track(f"t{number % 4}"))


@given(edits=st.lists(EDIT, max_size=25))
def test_undoing_everything_gives_the_first_state_and_redoing_the_last(edits):
    store = ProjectStore(a_project())
    first = store.project
    for what, number in edits:
        edited(store, what, number)
    last, history, future = store.project, store.history, len(store.future)

    while store.undo():
        pass
    undone = store.project
    for _ in history:
        store.redo()

    assert undone is first
    assert store.project is last
    assert store.history == history
    assert len(store.future) == future


@given(edits=st.lists(EDIT, max_size=12), save_at=st.integers(0, 12))
def test_whatever_was_edited_and_saved_comes_back(tmp_path_factory, edits, save_at):
    folder = tmp_path_factory.mktemp("store") / "Song.mgproj"
    store = ProjectStore(a_project())
    store.save_as(folder)
    for number, edit in enumerate(edits):
        if number == save_at:
            store.save()
        edited(store, *edit)
    store.close()

    assert open_project(folder).project == store.project


def test_the_projects_file_opens_its_folder_for_writing(tmp_path):
    save_project(Project.new("Song"), tmp_path / "Song.mgproj")

    store = ProjectStore.open(tmp_path / "Song.mgproj" / "project.json")

    assert (store.folder, store.read_only) == (tmp_path / "Song.mgproj", False)
    store.close()
