import pytest

from musicgen_desktop.generation import Request
from musicgen_desktop.session.controllers import ComposeSong, RemakeBars
from musicgen_desktop.storage import Journal, ProjectInUseError, ProjectLock, open_project


@pytest.fixture
def place(tmp_path):
    request = Request(prompt="lofi", bars=2, stems=("bass",), seed=3)
    report = ComposeSong(request, tmp_path / "song").run()
    return tmp_path / "song" / report.project


def test_a_project_that_is_open_elsewhere_is_refused_before_anything_is_rendered(place):
    stages = []

    with ProjectLock(place), pytest.raises(ProjectInUseError):
        RemakeBars(place, ("bass",)).run(lambda _done, stage: stages.append(stage))

    assert stages == []


def test_nobody_else_may_write_the_project_while_it_is_remade(place):
    refused = []

    def look(_done, _stage):
        try:
            ProjectLock(place).release()
        except ProjectInUseError:
            refused.append(True)
        else:
            refused.append(False)

    RemakeBars(place, ("bass",), seed=9).run(look)

    assert refused
    assert all(refused[:-1])  # the last word is said when all is written


def test_an_edit_that_was_only_journaled_is_kept(place):
    before = open_project(place).project
    journal = Journal(place)
    renamed = before.with_track(before.tracks[0].renamed("Deep"))
    journal.append(before, renamed, "Rename track")
    journal.close()

    RemakeBars(place, ("bass",), seed=9).run()

    opened = open_project(place)
    assert opened.project.tracks[0].name == "Deep"
    assert opened.recovered_edits == 0
    assert opened.notes == ()
