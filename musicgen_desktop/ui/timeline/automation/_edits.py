"""Edits of a lane, each one a single step of the history; the curve is made with its first point."""

from collections.abc import Iterable
from typing import Literal

from musicgen_desktop.document import Automation, Project
from musicgen_desktop.session.commands import Edit, add_automation, delete_points, set_point

Shape = Literal["hold", "linear"]


def put_point(
    project: Project,
    track_id: str,
    target: str,
    tick: int,
    value: float,
    *,
    shape: Shape = "linear",
    replaces: int | None = None,
) -> Edit:
    """Add a point, or move the one at `replaces` there.

    Raises:
        UserInputError: for a value out of range, or when the track, its knob or that point is gone.
    """
    made, curve_id = add_automation(project, track_id, target)
    return set_point(made.project, track_id, curve_id, tick, value, curve=shape, replaces=replaces)


def move_points(
    project: Project,
    track_id: str,
    target: str,
    moves: Iterable[tuple[int, int, float]],
) -> Edit:
    """Move several points at once, keeping how each goes on.

    Args:
        project: as it is.
        track_id: of the track.
        target: of the lane.
        moves: from tick, to tick and value of each.

    Raises:
        UserInputError: for a value out of range, or when the curve is gone.
    """
    curve = curve_of(project, track_id, target)
    shapes = {point.tick: point.curve for point in curve.points}
    listed = list(moves)
    edit = Edit("Move point", project)
    for start, _, _ in listed:
        edit = delete_points(edit.project, track_id, curve.id, start, start + 1)
    for start, tick, value in listed:
        shape = shapes.get(start, "linear")
        edit = set_point(edit.project, track_id, curve.id, tick, value, curve=shape)
    label = "Move point" if len(listed) == 1 else f"Move {len(listed)} points"
    return Edit(label, edit.project)


def draw_points(
    project: Project,
    track_id: str,
    target: str,
    points: Iterable[tuple[int, float]],
    *,
    shape: Shape = "linear",
) -> Edit:
    """Write points over what lies between the first and the last of them.

    Args:
        project: as it is.
        track_id: of the track.
        target: of the lane.
        points: tick and value of each, in any order, at least one.
        shape: how each goes on to the next.

    Raises:
        UserInputError: for a value out of range, or when the track or its knob is gone.
    """
    drawn = sorted(points)
    made, curve_id = add_automation(project, track_id, target)
    edit = delete_points(made.project, track_id, curve_id, drawn[0][0], drawn[-1][0] + 1)
    for tick, value in drawn:
        edit = set_point(edit.project, track_id, curve_id, tick, value, curve=shape)
    return Edit("Draw automation", edit.project)


def shape_points(project: Project, track_id: str, target: str, ticks: Iterable[int], shape: Shape) -> Edit:
    """Let points hold until the next one, or go there in a straight line.

    Raises:
        UserInputError: when the curve is gone.
    """
    curve = curve_of(project, track_id, target)
    edit = Edit("Hold value" if shape == "hold" else "Slope to the next point", project)
    for tick in ticks:
        for point in curve.points:
            if point.tick == tick:
                moved = set_point(
                    edit.project, track_id, curve.id, tick, point.value, curve=shape, replaces=tick
                )
                edit = Edit(edit.label, moved.project)
    return edit


def delete_span(project: Project, track_id: str, target: str, start_ticks: int, end_ticks: int) -> Edit:
    """Take away the points from one tick up to, not including, another.

    Raises:
        UserInputError: when the curve is gone.
    """
    curve = curve_of(project, track_id, target)
    return delete_points(project, track_id, curve.id, start_ticks, end_ticks)


def delete_ticks(project: Project, track_id: str, target: str, ticks: Iterable[int]) -> Edit:
    """Take these points away.

    Raises:
        UserInputError: when the curve is gone.
    """
    curve = curve_of(project, track_id, target)
    gone = list(ticks)
    edit = Edit("", project)
    for tick in gone:
        edit = delete_points(edit.project, track_id, curve.id, tick, tick + 1)
    label = "Delete point" if len(gone) == 1 else f"Delete {len(gone)} points"
    return Edit(label, edit.project)


def curve_of(project: Project, track_id: str, target: str) -> Automation:
    """The curve of a lane.

    Raises:
        UserInputError: when the track is gone, or has no such knob.
    """
    made, curve_id = add_automation(project, track_id, target)
    return next(each for each in made.project.track(track_id).automation if each.id == curve_id)
