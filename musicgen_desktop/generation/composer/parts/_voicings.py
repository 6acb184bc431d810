"""Every chord of the song as pitches, each voice moving as little as it can."""

from musicgen_desktop.music import Chord, voice_lead

from ._song import Song


def song_voicings(song: Song, low: int, high: int, voices: int) -> list[tuple[int, ...]]:
    """One voicing per chord of the plan, in its order; a repeated chord keeps its voicing."""
    distinct: list[Chord] = []
    places = []
    for placed in song.chords:
        if not distinct or distinct[-1] != placed.chord:
            distinct.append(placed.chord)
        places.append(len(distinct) - 1)
    voiced = voice_lead(distinct, low=low, high=high, voices=voices)
    return [tuple(voiced[place]) for place in places]
