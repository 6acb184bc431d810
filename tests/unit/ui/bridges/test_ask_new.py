from musicgen_desktop.session.commands import add_insert


def test_an_edit_that_makes_something_tells_its_id(bridges):
    track = bridges.project.project.track_of("bass")

    made = bridges.project.ask_new(add_insert, track.id, "reverb")

    assert bridges.project.project.track(track.id).inserts[-1].id == made


def test_what_cannot_be_made_is_refused_and_has_no_id(bridges, qtbot):
    track = bridges.project.project.track_of("bass")

    with qtbot.waitSignal(bridges.project.refused):
        made = bridges.project.ask_new(add_insert, track.id, "no such effect")

    assert made == ""
    assert bridges.project.project.track(track.id) is track
