"""Clips as regions of a playlist, and the files they play as sources."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable

from musicgen_desktop.document import AudioClip, NotesClip, Project, Track

from ._values import SessionFiles, SoundFile
from ._xml import Ids, Value, add, at_frame, at_tick, gain

_FADE_POINTS = 64
_SHAPES: dict[str, Callable[[float], float]] = {
    "linear": lambda at: at,
    "equal_power": lambda at: math.sin(at * math.pi / 2.0),
    "s_curve": lambda at: 0.5 - 0.5 * math.cos(at * math.pi),
}


class RegionWriter:
    """Writes sources and regions of one song.

    Args:
        project: the song.
        files: what its session plays.
        ids: of the session.
    """

    def __init__(self, project: Project, files: SessionFiles, ids: Ids) -> None:
        self._project = project
        self._files = files
        self._ids = ids

    def write_sources(self, root: ET.Element) -> None:
        """Add all files: each channel is a source of its own."""
        sources = add(root, "Sources")
        files = self._files
        for file in (*files.sources.values(), *files.backwards.values(), *files.sounds.values()):
            for channel in range(file.channels):
                add(
                    sources,
                    "Source",
                    name=file.name,
                    take_id="",
                    type="audio",
                    flags="",
                    id=self._source_id(file, channel),
                    channel=channel,
                    origin="",
                    gain=1,
                )
        for name in files.notes.values():
            add(
                sources,
                "Source",
                name=name,
                take_id="",
                type="midi",
                flags="Writable,CanRename",
                id=self._ids.of(f"midi/{name}"),
                origin="",
            )

    def write_clips(self, playlist: ET.Element, track: Track) -> None:
        """Add a track's clips of sound whose files are there."""
        sources = {source.id: source for source in self._project.sources}
        for clip in track.clips:
            if isinstance(clip, AudioClip):
                files = self._files.backwards if clip.reversed else self._files.sources
                if clip.source_id in files:
                    offset = round(
                        clip.source_offset_frames * self._project.rate / sources[clip.source_id].rate
                    )
                    self._write_clip(playlist, track, clip, files[clip.source_id], offset)

    def write_notes(self, playlist: ET.Element, track: Track) -> None:
        """Add a track's clips of notes."""
        for clip in track.clips:
            if isinstance(clip, NotesClip) and clip.id in self._files.notes:
                source = self._ids.of(f"midi/{self._files.notes[clip.id]}")
                length = at_tick(clip.length_ticks)
                region = self._region(playlist, clip.name or track.name, "midi", [source], muted=clip.muted)
                region.attrib |= {
                    "start": "b0",
                    "length": f"{length}@{at_tick(clip.start_ticks)}",
                    "sync-position": "b0",
                    "ancestral-start": "b0",
                    "ancestral-length": f"{length}@b0",
                    "opaque": "0",
                }

    def write_sound(self, playlist: ET.Element, track: Track) -> None:
        """Add the file of what a track sounds like."""
        file = self._files.sounds[track.id]
        region = self._sound(playlist, track.name, file, 0, file.frames, file.start_frame, muted=False)
        region.attrib |= {"scale-amplitude": "1", "opaque": "1"}
        _no_fades(region)

    def _write_clip(
        self, playlist: ET.Element, track: Track, clip: AudioClip, file: SoundFile, offset: int
    ) -> None:
        tempo, rate = self._project.tempo_map, self._project.rate
        start, end = tempo.frame_at(clip.start_ticks, rate), tempo.frame_at(clip.end_ticks, rate)
        fades = [min(round(ms * rate / 1_000.0), end - start) for ms in (clip.fade_in_ms, clip.fade_out_ms)]
        first = file.frames - offset - (end - start) if clip.reversed else offset
        # A region lies inside its file; before and behind it a clip is silent.
        late = max(0, -first)
        frames = min(end - start, file.frames - first) - late
        if frames <= 0:
            return
        region = self._sound(
            playlist, clip.name or track.name, file, first + late, frames, start + late, muted=clip.muted
        )
        region.set("scale-amplitude", repr(gain(clip.gain_db)))
        # Ours sound together where they overlap; an opaque region would hide those below it.
        region.set("opaque", str(int(not self._lies_on_others(track, clip))))
        early = end - start - late - frames
        _no_fades(region)
        self._fade(region, "in", clip.fade_shape, fades[0], cut=late, most=frames)
        self._fade(region, "out", clip.fade_shape, fades[1], cut=early, most=frames)

    def _lies_on_others(self, track: Track, clip: AudioClip) -> bool:
        """Whether one that comes before it sounds where it does."""
        below = track.clips[: track.clips.index(clip)]
        return any(each.start_ticks < clip.end_ticks and clip.start_ticks < each.end_ticks for each in below)

    def _sound(
        self,
        playlist: ET.Element,
        name: str,
        file: SoundFile,
        first: int,
        frames: int,
        at: int,
        *,
        muted: bool,
    ) -> ET.Element:
        rate = self._project.rate
        # A mono file on a stereo track plays on both sides.
        wide = playlist.get("channels", "1") == "2"
        sources = [self._source_id(file, min(side, file.channels - 1)) for side in range(1 + wide)]
        region = self._region(playlist, name, "audio", sources, muted=muted)
        length = at_frame(frames, rate)
        region.attrib |= {
            "start": at_frame(first, rate),
            "length": f"{length}@{at_frame(at, rate)}",
            "sync-position": "a0",
            "ancestral-start": "a0",
            "ancestral-length": f"{length}@a0",
            "default-fade-in": "0",
            "default-fade-out": "0",
        }
        return region

    def _region(
        self, playlist: ET.Element, name: str, kind: str, sources: list[str], *, muted: bool
    ) -> ET.Element:
        region = add(playlist, "Region", name=name, id=self._ids.new(), type=kind, channels=len(sources))
        for number, source in enumerate(sources):
            region.set(f"source-{number}", source)
            region.set(f"master-source-{number}", source)
        state: dict[str, Value] = {"muted": int(muted), "layering_index": len(playlist) - 1}
        state |= dict.fromkeys(("stretch", "shift"), 1)
        flags = ("locked", "position_locked", "video_locked", "automatic", "whole_file", "import", "external")
        state |= dict.fromkeys((*flags, "hidden", "sync_marked", "left_of_split", "right_of_split"), 0)
        for key, value in state.items():
            region.set(key.replace("_", "-"), str(value))
        return region

    def _fade(self, region: ET.Element, side: str, shape: str, frames: int, *, cut: int, most: int) -> None:
        """What is left of a fade of so many frames when `cut` of them lie outside the region."""
        rest = min(frames - cut, most)
        if rest <= 0:
            return
        region.set(f"fade-{side}-active", "1")
        into = add(region, "FadeIn" if side == "in" else "FadeOut")
        each = add(
            into,
            "AutomationList",
            automation_id=f"fade{side}",
            id=self._ids.new(),
            interpolation_style="Linear" if shape == "linear" else "Curved",
            time_domain="AudioTime",
            state="Off",
        )
        curve, skipped = _SHAPES[shape], frames - cut - rest
        steps = 1 if shape == "linear" else _FADE_POINTS
        lines = []
        for place in sorted({rest * step // steps for step in range(steps + 1)}):
            share = (cut + place if side == "in" else frames - skipped - place) / frames
            lines.append(f"{at_frame(place, self._project.rate)} {curve(share)!r}\n")
        add(each, "events").text = "".join(lines)

    def _source_id(self, file: SoundFile, channel: int) -> str:
        return self._ids.of(f"audio/{file.name}/{channel}")


def _no_fades(region: ET.Element) -> None:
    region.set("fade-in-active", "0")
    region.set("fade-out-active", "0")
