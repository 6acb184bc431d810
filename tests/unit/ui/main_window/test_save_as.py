"""“Save as…”: where its dialog begins, what it suggests, and what is told."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from musicgen_desktop.session.commands import rename_project


class Dialog:
    """Stands in for the system's; it remembers what it was given."""

    def __init__(self, monkeypatch, answer=""):
        self.place = None
        self._answer = answer
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self)

    def __call__(self, _parent, _title, place, *_filters):
        self.place = Path(place)
        return str(self._answer), ""


def test_the_dialog_begins_beside_the_project_with_a_name_that_is_free(opened, monkeypatch):
    dialog = Dialog(monkeypatch)

    assert not opened.window.save_as()

    assert dialog.place == opened.bridges.project.folder.parent / "Song 2.mgproj"


def test_a_song_that_was_renamed_suggests_its_name_as_a_file_can_have_it(opened, monkeypatch):
    opened.bridges.project.ask(rename_project, "AC/DC")
    dialog = Dialog(monkeypatch)

    opened.window.save_as()

    assert dialog.place == opened.bridges.project.folder.parent / "AC DC.mgproj"


def test_the_window_says_what_it_saved_and_where_and_is_called_so(opened, monkeypatch, tmp_path):
    (tmp_path / "Album").mkdir()
    Dialog(monkeypatch, tmp_path / "Album" / "Night")

    assert opened.window.save_as()

    assert opened.said[-1] == f"Saved as “Night” in {tmp_path / 'Album'}."
    assert opened.window.windowTitle() == "Night – MusicGen Desktop"
    assert next(project.name for project in opened.desk.recent.projects()) == "Night"


def test_a_place_inside_the_project_is_refused_in_the_notice(opened, monkeypatch):
    folder = opened.bridges.project.folder
    Dialog(monkeypatch, folder / "Night")

    assert not opened.window.save_as()

    assert "choose a place outside" in opened.window.notice.sentence
    assert opened.bridges.project.folder == folder
