"""Project → the text of an Ardour session."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from musicgen_desktop import __version__
from musicgen_desktop.document import AudioClip, Project, Track

from ._regions import RegionWriter
from ._remarks import ardour_remarks
from ._routes import RouteWriter, Row
from ._tempo import write_tempo
from ._values import ArdourSession, SessionFiles
from ._xml import Ids, add, at_frame, text

_VERSION = 7002
"""Of the form, in Ardour's own count: that of Ardour 7.3."""


def ardour_session(project: Project, files: SessionFiles, *, name: str, comment: str = "") -> ArdourSession:
    """Write the whole song as an Ardour session.

    Regions of sound lie at the frames where our clips do, tempo ramps included, and MIDI at our ticks. A
    track of notes becomes a track of the sound that is given for it, with the strip, and a MIDI track of its
    notes that plays nowhere yet. An effect return that has a sound gets a track that plays into it; the sends
    into it are off then, ready for effects of Ardour's. The same project gives the same text.

    Args:
        project: the song.
        files: all that it plays.
        name: the session's, which is its folder's and its file's too.
        comment: what its master says about it.
    """
    ids = Ids()
    root = ET.Element(
        "Session",
        {
            "version": str(_VERSION),
            "name": name,
            "sample-rate": str(project.rate),
            "session-range-is-free": "0",
        },
    )
    made = f"MusicGen-Desktop {__version__}"  # Ardour wants a word and a number
    add(root, "ProgramVersion", created_with=made, modified_with=made)
    config = add(root, "Config")
    for option, value in (("use-region-fades", 1), ("native-file-data-format", "FormatFloat")):
        add(config, "Option", name=option, value=value)
    add(add(root, "Metadata"), "title").text = text(project.name)
    rows = rows_of(project, files, ids)
    regions = RegionWriter(project, files, ids)
    regions.write_sources(root)
    add(root, "Regions")
    _write_locations(root, project, files, ids)
    add(root, "Bundles")
    _write_routes(root, project, files, ids, rows, comment)
    playlists = add(root, "Playlists")
    for row in rows:
        if row.playlist:
            _write_playlist(playlists, row, files, regions, ids)
    add(root, "UnusedPlaylists")
    add(root, "RouteGroups")
    write_tempo(root, project)
    root.set("id-counter", str(ids.last + 1))
    ET.indent(root)
    written = ET.tostring(root, encoding="unicode", xml_declaration=False)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return ArdourSession(f"{head}{written}\n", ardour_remarks(project, files))


def rows_of(project: Project, files: SessionFiles, ids: Ids) -> list[Row]:
    """All routes, the master first; names that Ardour would take for its own become others."""
    taken = {"master", "monitor", "click", "auditioner"}
    names = {track.id: _free(track.name, taken) for track in project.tracks}
    rows = [Row(project.master, "Master", "master", has_strip=True, is_wide=True, output="", playlist="")]
    for track in project.tracks:
        name = names[track.id]
        output = "Master" if track.output is None else names[track.output]
        if track.kind == "bus":
            rows.append(Row(track, name, "bus", has_strip=True, is_wide=True, output=output, playlist=""))
            if track.id in files.sounds:
                inner = _free(f"{track.name} (sound)", taken)
                rows.append(_row(track, inner, "audio", name, ids, has_strip=False, is_wide=True))
            continue
        is_wide = track.kind == "notes" or not _is_mono(project, track)
        rows.append(_row(track, name, "audio", output, ids, has_strip=True, is_wide=is_wide))
        if track.kind == "notes":
            inner = _free(f"{track.name} (notes)", taken)
            rows.append(_row(track, inner, "midi", "", ids, has_strip=False, is_wide=False))
    return rows


def _row(track: Track, name: str, kind: str, output: str, ids: Ids, *, has_strip: bool, is_wide: bool) -> Row:
    playlist = ids.of(f"playlist/{name}")
    return Row(
        track,
        name,
        "midi" if kind == "midi" else "audio",
        has_strip=has_strip,
        is_wide=is_wide,
        output=output,
        playlist=playlist,
    )


def _is_mono(project: Project, track: Track) -> bool:
    """Whether all that plays has one channel: our mixer pans by equal power then."""
    channels = {source.id: source.channels for source in project.sources}
    played = [channels[clip.source_id] for clip in track.clips if isinstance(clip, AudioClip)]
    return bool(played) and all(each == 1 for each in played)


def _free(wanted: str, taken: set[str]) -> str:
    """A name that no other route has; ports are called by it, and a colon or a slash would end it."""
    plain = text(wanted).replace(":", "-").replace("/", "-").strip() or "Track"
    number, free = 1, plain
    while free.casefold() in taken:
        number += 1
        free = f"{plain} {number}"
    taken.add(free.casefold())
    return free


def _write_routes(
    root: ET.Element, project: Project, files: SessionFiles, ids: Ids, rows: list[Row], comment: str
) -> None:
    buses = {row.track.id: row.name for row in rows if row.kind == "bus"}
    writer = RouteWriter(project, files, ids, buses)
    routes = add(root, "Routes")
    for order, row in enumerate(rows):
        writer.write(routes, row, order, [(each.name, 2) for each in rows if each.output == row.name])
    if comment:
        add(routes[0], "Comment").text = "\n".join(text(line) for line in comment.splitlines())


def _write_playlist(
    playlists: ET.Element, row: Row, files: SessionFiles, regions: RegionWriter, ids: Ids
) -> None:
    kind = "midi" if row.kind == "midi" else "audio"
    playlist = add(
        playlists,
        "Playlist",
        id=row.playlist,
        name=row.name,
        type=kind,
        orig_track_id=ids.of(f"route/{row.name}"),
        frozen=0,
        channels=1 + row.is_wide,
    )
    if row.kind == "midi":
        regions.write_notes(playlist, row.track)
    elif row.track.kind == "audio":
        regions.write_clips(playlist, row.track)
    elif row.track.id in files.sounds:
        regions.write_sound(playlist, row.track)
    del playlist.attrib["channels"]


def _write_locations(root: ET.Element, project: Project, files: SessionFiles, ids: Ids) -> None:
    """The session's own span, the loop, sections as ranges, and markers."""
    into = add(root, "Locations")

    def place(name: str, start: int, end: int, flags: str) -> None:
        add(
            into,
            "Location",
            id=ids.new(),
            name=name,
            start=at_frame(start, project.rate),
            end=at_frame(end, project.rate),
            flags=flags,
            locked=0,
            timestamp=0,
        )

    def frame(tick: int) -> int:
        return project.tempo_map.frame_at(tick, project.rate)

    place("session", 0, max([frame(project.length_ticks), *_ends(files)]), "IsSessionRange")
    if project.loop.end_ticks > project.loop.start_ticks:
        place("Loop", frame(project.loop.start_ticks), frame(project.loop.end_ticks), "IsAutoLoop,IsHidden")
    for section in project.sections:
        place(section.name, frame(section.start_ticks), frame(section.end_ticks), "IsRangeMarker")
    for marker in project.markers:
        place(marker.name, frame(marker.tick), frame(marker.tick), "IsMark")


def _ends(files: SessionFiles) -> Iterator[int]:
    """Where what instruments and returns ring out to ends."""
    return (sound.start_frame + sound.frames for sound in files.sounds.values())
