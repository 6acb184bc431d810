"""What is heard of a sound in a clip → clips of ours, which play files at their own speed."""

import math
from collections.abc import Iterator, Sequence

import msgspec

from musicgen_desktop.document import AudioClip, AudioSource
from musicgen_desktop.foundation import new_id

from ._read_sounds import SoundReader, WarpMap
from ._read_spans import Placed, Span
from ._read_stretch import stretch_of
from ._read_values import Reading, real, tick_of

_LONGEST_FADE_MS = 3_600_000.0


def audio_clips(
    placed: Placed,
    spans: Sequence[Span],
    warps: WarpMap,
    source: AudioSource,
    sounds: SoundReader,
    reading: Reading,
    *,
    may_stretch: bool,
) -> Iterator[AudioClip]:
    """A clip for each stretch that is seen; the first fades in, the last fades out.

    Args:
        placed: the clip of the file.
        spans: its stretches.
        warps: which second of the sound lies where in the content.
        source: the sound.
        sounds: asked for another one where that followed the tempo.
        reading: told when it did.
        may_stretch: whether the other program stretched it at all.

    Raises:
        BadNumberError: a fade cannot be read, or a stretch lies where no song is.
    """
    fades = fades_ms(placed, reading)
    for number, span in enumerate(spans):
        stretch = stretch_of(span, placed.unit, warps, reading.tempo_map, source.frames / source.rate)
        from_s, played = warps.seconds_at(span.content), source
        if stretch.is_other and stretch.anchors:
            is_possible = may_stretch and stretch.is_possible
            made = sounds.stretched(source, stretch.anchors) if is_possible else None
            if made is None:
                reading.remarks.add("Sound that followed the tempo plays at its own speed", placed.name)
            else:
                reading.remarks.add("Sound that followed the tempo was stretched", placed.name)
                from_s, played = -stretch.silence_s, made
        clip = _audio_clip(
            placed,
            span,
            from_s,
            played,
            reading,
            fade_in_ms=fades[0] if number == 0 else 0.0,
            fade_out_ms=fades[1] if number == len(spans) - 1 else 0.0,
        )
        if clip is not None:
            yield clip


def _audio_clip(
    placed: Placed,
    span: Span,
    from_s: float,
    source: AudioSource,
    reading: Reading,
    *,
    fade_in_ms: float,
    fade_out_ms: float,
) -> AudioClip | None:
    """One stretch, from a second of the sound on; None when nothing of it is seen."""
    tempo = reading.tempo_map
    start, end = tick_of(span.start), tick_of(span.end)
    if from_s < 0.0:  # silence comes first
        start, from_s = tick_of(tempo.tick_at(tempo.seconds_at(span.start) - from_s)), 0.0
    if end <= start:
        return None
    clip = AudioClip(
        id=new_id("clip"),
        name=placed.name,
        start_ticks=start,
        length_ticks=end - start,
        source_id=source.id,
        source_offset_frames=min(source.frames, math.floor(from_s * source.rate + 0.5)),
        fade_in_ms=fade_in_ms,
        fade_out_ms=fade_out_ms,
        muted=placed.muted,
        color=placed.colour or None,
    )
    low, high = placed.seen_of(clip)
    if high <= low:
        return None
    if (low, high) == (clip.start_ticks, clip.end_ticks):
        return clip
    return clip.trimmed_to(low, high - low, tempo_map=tempo, source_rate=source.rate)


def fades_ms(placed: Placed, reading: Reading) -> tuple[float, float]:
    """How long a clip of the file fades in, and out.

    Raises:
        BadNumberError: one of them cannot be read.
    """
    return _fade_ms(placed, "fadeInTime", reading), _fade_ms(placed, "fadeOutTime", reading)


def faded_as(clip: AudioClip, placed: Placed, fades: tuple[float, float]) -> AudioClip:
    """A clip with the fades of one around it, where it begins or ends with that."""
    at_start = clip.start_ticks == tick_of(max(placed.low, placed.start))
    at_end = clip.end_ticks == tick_of(min(placed.high, placed.end))
    return msgspec.structs.replace(
        clip,
        fade_in_ms=max(clip.fade_in_ms, fades[0]) if at_start else clip.fade_in_ms,
        fade_out_ms=max(clip.fade_out_ms, fades[1]) if at_end else clip.fade_out_ms,
    )


def _fade_ms(placed: Placed, name: str, reading: Reading) -> float:
    """A fade's length; a negative one stands for a crossfade of that length."""
    value = abs(real(placed.element, name, 0.0))
    if placed.element.get("fadeTimeUnit", placed.unit) == "beats":
        value *= 60.0 / reading.tempo_map.bpm_at(placed.start)
    return round(min(_LONGEST_FADE_MS, value * 1_000.0), 6)
