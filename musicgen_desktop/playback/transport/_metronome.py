"""Where the metronome clicks: on the pulses of the meter, through tempo ramps, loops and count-ins."""

from collections.abc import Iterator

from musicgen_desktop.timing import MeterMap, Playhead, Span, TempoMap

_FADES_PER_S = 50


def clicks_between(
    course: Playhead, clock: int, frames: int, rate: int, tempo_map: TempoMap, meter_map: MeterMap
) -> list[tuple[int, bool]]:
    """The clicks that begin in a stretch of the stream.

    In a count-in the meter of the place where the song comes in is counted, back from its bar line: what is
    clicked is what comes, also right behind a change of meter.

    Args:
        course: how the song runs.
        clock: the frame of the stream at which the stretch begins.
        frames: its length.
        rate: frames per second.
        tempo_map: of the song.
        meter_map: of the song.

    Returns:
        (frame of the stream, whether a bar begins there), in order.
    """
    song_at = course.sounding_clock
    if clock < song_at < clock + frames:
        counted = clicks_between(course, clock, song_at - clock, rate, tempo_map, meter_map)
        rest = clock + frames - song_at
        return counted + clicks_between(course, song_at, rest, rate, tempo_map, meter_map)
    clicks: list[tuple[int, bool]] = []
    for span in course.spans(clock, frames):
        # The first tick whose frame can lie inside: `frame_at` rounds by half a frame at most.
        first = tempo_map.tick_at((span.place - 1) / rate)
        if clock < song_at and course.sounds_from is not None:
            # The song may fade in a moment before its place, which is often a bar line.
            place = tempo_map.tick_at_frame(course.sounds_from + rate // _FADES_PER_S, rate)
            pulses = _counted_in(first, place, meter_map)
        else:
            pulses = _pulses(first, meter_map)
        clicks += _inside(span, clock, pulses, rate, tempo_map)
    return clicks


def count_in_start(place: int, bars: int, rate: int, tempo_map: TempoMap, meter_map: MeterMap) -> int:
    """The frame of the timeline at which a count-in begins.

    Args:
        place: the frame at which the song comes in; it may lie inside a bar.
        bars: how many whole bars of the meter there are counted, 0 or more.
        rate: frames per second.
        tempo_map: of the song.
        meter_map: of the song.

    Returns:
        `place` or less; negative when the count-in begins before bar 1.
    """
    if bars <= 0:
        return place
    nearest = tempo_map.tick_at_frame(place, rate)
    tick = nearest if tempo_map.frame_at(nearest, rate) == place else tempo_map.tick_at(place / rate)
    return tempo_map.frame_at(tick - bars * meter_map.meter_at(nearest).bar_ticks, rate)


def _pulses(first: float, meter_map: MeterMap) -> Iterator[tuple[int, bool]]:
    """Ticks of the pulses from `first` on, without end, and whether a bar begins there."""
    bar = meter_map.bar_of(int(first // 1))
    while True:
        start, pulse = meter_map.tick_of_bar(bar), meter_map.meter_of_bar(bar).pulse_ticks
        bar += 1
        for tick in range(start, meter_map.tick_of_bar(bar), pulse):
            if tick >= first:
                yield tick, tick == start


def _counted_in(first: float, place: int, meter_map: MeterMap) -> Iterator[tuple[int, bool]]:
    """The same, counted in the meter that holds at tick `place` and from its bar line."""
    meter = meter_map.meter_at(place)
    line = meter_map.tick_of_bar(meter_map.bar_of(place))
    tick = line + int(-((line - first) // meter.pulse_ticks)) * meter.pulse_ticks
    while True:
        yield tick, (tick - line) % meter.bar_ticks == 0
        tick += meter.pulse_ticks


def _inside(
    span: Span, clock: int, pulses: Iterator[tuple[int, bool]], rate: int, tempo_map: TempoMap
) -> Iterator[tuple[int, bool]]:
    """Those pulses whose frames lie in the span, as frames of the stream."""
    for tick, is_accent in pulses:
        ahead = tempo_map.frame_at(tick, rate) - span.place
        if ahead >= span.frames:
            return
        if ahead >= 0:
            yield clock + span.offset + ahead, is_accent
