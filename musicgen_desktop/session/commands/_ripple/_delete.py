"""A span of the song goes, and all behind it moves earlier."""

import msgspec

from musicgen_desktop.document import Automation, AutomationPoint, Clip, KeyChange, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands._curves import value_before
from musicgen_desktop.session.commands._cut import split_clip
from musicgen_desktop.timing import MeterChange, MeterMap, TempoMap, TempoPoint


class _Span(msgspec.Struct, frozen=True):
    """What goes: from `start` up to, not including, `end`."""

    start: int
    end: int

    def earlier(self, tick: int) -> int:
        """Where a tick of before lies now; those that went lie where the span began."""
        return tick - min(max(tick - self.start, 0), self.end - self.start)

    def holds(self, tick: int) -> bool:
        return self.start <= tick < self.end


def time_deleted(project: Project, start: int, end: int) -> Project:
    """The project without what lies from `start` up to, not including, `end`.

    Clips, sections and chords that reach into the span keep the part outside it. Before and behind it tempo,
    meter, key and automation are what they were there.

    Raises:
        UserInputError: when the meter changes in the span or later and the span is no whole number of bars.
    """
    span = _Span(start, end)
    loop = project.loop
    loop = msgspec.structs.replace(
        loop, start_ticks=span.earlier(loop.start_ticks), end_ticks=span.earlier(loop.end_ticks)
    )
    return msgspec.structs.replace(
        project,
        tempo_map=_tempo(project.tempo_map, span),
        meter_map=_meter(project.meter_map, span),
        keys=_keys(project.keys, span),
        chords=tuple(
            msgspec.structs.replace(chord, tick=span.earlier(chord.tick), length_ticks=length)
            for chord in project.chords
            if (length := span.earlier(chord.tick + chord.length_ticks) - span.earlier(chord.tick)) > 0
        ),
        sections=tuple(
            msgspec.structs.replace(
                section, start_ticks=span.earlier(section.start_ticks), length_ticks=length
            )
            for section in project.sections
            if (length := span.earlier(section.end_ticks) - span.earlier(section.start_ticks)) > 0
        ),
        markers=tuple(
            marker.moved_to(span.earlier(marker.tick))
            for marker in project.markers
            if not span.holds(marker.tick)
        ),
        tracks=tuple(_track(project, track, span) for track in project.tracks),
        master=_track(project, project.master, span),
        loop=msgspec.structs.replace(loop, enabled=loop.enabled and loop.start_ticks < loop.end_ticks),
        end_ticks=span.earlier(project.end_ticks),
    )


def _tempo(tempo: TempoMap, span: _Span) -> TempoMap:
    kept = [point for point in tempo.points if point.tick < span.start]
    later = [
        msgspec.structs.replace(point, tick=span.earlier(point.tick))
        for point in tempo.points
        if point.tick >= span.end
    ]
    if not later or later[0].tick > span.start:
        here = next(point for point in reversed(tempo.points) if point.tick <= span.end)
        # A tempo that nothing moved needs no point of its own.
        if not kept or kept[-1] is not here or here.ramp:
            later.insert(0, TempoPoint(span.start, tempo.bpm_at(span.end), ramp=here.ramp))
    if kept and kept[-1].ramp and later[0].bpm != tempo.bpm_at(span.start):
        # The ramp arrives at what it did before, a tick before the tempo jumps.
        last = span.start - 1
        if kept[-1].tick < last:
            kept.append(TempoPoint(last, tempo.bpm_at(last)))
        else:
            kept[-1] = msgspec.structs.replace(kept[-1], ramp=False)
    return TempoMap((*kept, *later))


def _meter(meters: MeterMap, span: _Span) -> MeterMap:
    if all(meters.tick_of_bar(change.bar) <= span.start for change in meters.changes):
        return meters
    first, last = meters.bar_of(span.start), meters.bar_of(span.end)
    whole = meters.tick_of_bar(first) == span.start and meters.tick_of_bar(last) == span.end
    if whole:
        kept = [change for change in meters.changes if change.bar < first]
        moved = [
            MeterChange(change.bar - (last - first), change.meter)
            for change in meters.changes
            if change.bar > last
        ]
        meter = meters.meter_of_bar(last)
        here = [] if kept and kept[-1].meter == meter else [MeterChange(first, meter)]
        return MeterMap((*kept, *here, *moved))
    bars, rest = divmod(span.end - span.start, meters.meter_at(span.start).bar_ticks)
    changes_inside = any(span.start < meters.tick_of_bar(change.bar) <= span.end for change in meters.changes)
    if rest or changes_inside:
        raise UserInputError(
            "The meter changes in this span or later, so only whole bars, from bar line to bar line, "
            "can be deleted here."
        )
    return MeterMap(
        tuple(
            MeterChange(change.bar - bars, change.meter)
            if meters.tick_of_bar(change.bar) > span.end
            else change
            for change in meters.changes
        )
    )


def _keys(keys: tuple[KeyChange, ...], span: _Span) -> tuple[KeyChange, ...]:
    kept = [key for key in keys if key.tick < span.start]
    later = [
        msgspec.structs.replace(key, tick=span.earlier(key.tick)) for key in keys if key.tick >= span.end
    ]
    gone = [key for key in keys if span.holds(key.tick)]
    starts_anew = bool(later) and later[0].tick == span.start
    if gone and not starts_anew and not (kept and kept[-1].key == gone[-1].key):
        later.insert(0, KeyChange(span.start, gone[-1].key))
    return (*kept, *later)


def _track(project: Project, track: Track, span: _Span) -> Track:
    clips = [part for clip in track.clips for part in _parts(project, clip, span)]
    curves = tuple(_curve(curve, span) for curve in track.automation)
    return msgspec.structs.replace(
        track, clips=tuple(sorted(clips, key=lambda clip: clip.start_ticks)), automation=curves
    )


def _parts(project: Project, clip: Clip, span: _Span) -> list[Clip]:
    """What is left of a clip, at its new place. A left part keeps the clip's id, else the right one does."""
    if clip.end_ticks <= span.start:
        return [clip]
    if clip.start_ticks >= span.end:
        return [clip.moved_to(span.earlier(clip.start_ticks))]
    parts: list[Clip] = []
    rest = clip
    if clip.start_ticks < span.start:
        left, rest = split_clip(project, rest, span.start)
        parts.append(left)
    if clip.end_ticks > span.end:
        _, right = split_clip(project, rest, span.end)
        right = right.moved_to(span.start)
        parts.append(right if parts else msgspec.structs.replace(right, id=clip.id))
    return parts


def _curve(curve: Automation, span: _Span) -> Automation:
    before = [point for point in curve.points if point.tick < span.start]
    after = [
        msgspec.structs.replace(point, tick=span.earlier(point.tick))
        for point in curve.points
        if point.tick >= span.end
    ]
    gone = [point for point in curve.points if span.holds(point.tick)]
    if not gone and not (before and after and before[-1].curve == "linear"):
        return msgspec.structs.replace(curve, points=(*before, *after))
    edges: list[AutomationPoint] = []
    # Up to the span the knob moves as before, or rests where a first point in the span held it.
    arrived = value_before(curve, span.start) if before else gone[0].value
    if arrived is not None and (before[-1].curve == "linear" if before else span.start > 0):
        edges.append(AutomationPoint(span.start, arrived, "hold"))
    if not (after and after[0].tick == span.start):
        opens = AutomationPoint(span.start, curve.value_at(span.end), (gone or before)[-1].curve)
        # A jump needs two points, one value needs the one that goes on.
        edges = [opens] if edges and edges[0].value == opens.value else [*edges, opens]
    return msgspec.structs.replace(curve, points=(*before, *edges, *after))
