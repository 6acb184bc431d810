from musicgen_desktop.session.commands import delete_clips, delete_tracks


def clips(bridges):
    return [clip for track in bridges.project.project.tracks for clip in track.clips]


def test_selecting_a_clip_makes_its_track_current(bridges):
    clip = clips(bridges)[1]

    bridges.selection.select_clips([clip.id])

    assert bridges.selection.clips == (clip,)
    assert clip in bridges.selection.track.clips


def test_what_leaves_the_project_leaves_the_selection_and_the_piano_roll(qtbot, bridges):
    first, second = clips(bridges)[:2]
    bridges.selection.select_clips([first.id, second.id])
    bridges.selection.edit_clip(first.id)

    with qtbot.waitSignals([bridges.selection.changed, bridges.selection.edited_clip_changed]):
        bridges.project.ask(delete_clips, [first.id])

    assert bridges.selection.clip_ids == (second.id,)
    assert bridges.selection.edited_clip_id is None


def test_a_deleted_track_is_not_selected_any_more(bridges):
    track = bridges.project.project.tracks[0]
    bridges.selection.select_tracks(track.id)

    bridges.project.ask(delete_tracks, [track.id])

    assert bridges.selection.track is None


def test_toggling_adds_and_takes_away(bridges):
    first, second = clips(bridges)[:2]

    bridges.selection.toggle_clip(first.id)
    bridges.selection.toggle_clip(second.id)
    bridges.selection.toggle_clip(first.id)

    assert bridges.selection.clip_ids == (second.id,)


def test_a_span_dragged_backwards_is_the_same_span(bridges):
    bridges.selection.select_span(960, 0)

    assert bridges.selection.span == (0, 960)
