"""The project is saved into another folder while the window works on it."""


def test_outlines_come_from_where_the_project_lies_now(opened, tmp_path):
    before = opened.panels.waveforms

    assert opened.desk.save_as(tmp_path / "Other")

    assert opened.panels.waveforms is not before


def test_saving_where_it_lies_moves_nothing(qtbot, opened):
    with qtbot.assertNotEmitted(opened.bridges.project.moved):
        assert opened.bridges.project.save()


def test_a_freeze_that_ends_after_the_project_moved_is_told_and_not_applied(opened, tmp_path):
    track = opened.project.tracks[0]
    opened.hold_jobs()
    opened.window.renders.freeze(track.id)

    assert opened.desk.save_as(tmp_path / "Other")
    for queue in opened.queues:
        queue.release()

    assert opened.project.track(track.id).frozen is None
    assert "saved elsewhere" in opened.said[-1]
