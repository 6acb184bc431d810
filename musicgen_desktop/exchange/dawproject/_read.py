"""A DAWproject file → a project of ours. Whoever made the file is not trusted."""

from collections import Counter
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

import msgspec

from musicgen_desktop.document import MASTER_ID, BadProjectError, Project, Track, check_project
from musicgen_desktop.music import Patch

from ._archive import Archive
from ._check_xml import faults_of
from ._read_arrangement import ArrangementReader
from ._read_clips import ClipReader
from ._read_devices import DeviceReader
from ._read_sounds import SoundReader, member_of
from ._read_structure import Strip, StructureReader, with_contents
from ._read_tempo import meter_map_of, tempo_map_of
from ._read_values import Reading, clean, name_of
from ._remarks import Remarks
from ._seen import mark_left_out, mark_read, unread_parts
from ._values import MADE_WITH, METADATA_XML, PROJECT_XML, DawSong, UnreadableDawProjectError
from ._xml import MOST_XML_BYTES, BadXmlError, parse_xml

_HEAD = b"PK\x03\x04"
_USUAL_RATE = 48_000
_LONGEST_RIGHTS = 1_000
_DRUM_CHANNEL = "9"
_NAMING_FILES = ("File", "State")


def is_dawproject(head: bytes) -> bool:
    """Whether a file that begins so is an archive; whether of that kind is told when it is read."""
    return head.startswith(_HEAD)


def parse_dawproject(file: BinaryIO, path: Path) -> DawSong:
    """Understand a whole file.

    May take long and much memory: what strangers made is parsed in a process of its own (`read_dawproject`).

    Args:
        file: the archive.
        path: what the sentences call it, and the song when it has no title.

    Raises:
        UnreadableDawProjectError: it is no such archive, damaged, or larger than a project can be.
    """
    with Archive(file, path) as archive:
        data = archive.read(PROJECT_XML, MOST_XML_BYTES)
        if data is None:
            raise UnreadableDawProjectError(
                path, f"has a {PROJECT_XML} that is too large; export it in parts."
            )
        try:
            root = parse_xml(data)
        except BadXmlError as error:
            raise UnreadableDawProjectError(path, f"cannot be read: its {PROJECT_XML} {error}.") from error
        if root.tag != "Project":
            raise UnreadableDawProjectError(path, f"has a {PROJECT_XML} that describes no project.")
        try:
            return _song_of(root, archive, path)
        except BadProjectError as error:
            raise UnreadableDawProjectError(path, f"does not fit into a project: {error}") from error


def _song_of(root: Element, archive: Archive, path: Path) -> DawSong:
    remarks = Remarks()
    faults = faults_of(root, archive.names)
    if faults:
        remarks.add(
            "The file departs from the format here and there; what could be understood was taken over"
        )
    reading = Reading(tempo_map_of(root, remarks), remarks)
    reading.by_id = {each.attrib["id"]: each for each in root.iter() if "id" in each.attrib}
    structure = StructureReader(root, DeviceReader(archive, remarks), remarks, path)
    sounds = SoundReader(archive.names, reading)
    clips = ClipReader(reading, sounds, path)
    arrangement = ArrangementReader(root, structure, clips, reading)
    _tell_scenes(root, remarks)
    tracks = _tracks(structure, clips, root, remarks)
    sources = sounds.sources_of(tracks)
    details = _details(archive, remarks)
    rates = Counter(source.rate for source in sources if 8_000 <= source.rate <= 384_000)
    project = Project.new(
        details.title or clean(path.stem) or "Untitled",
        rate=rates.most_common(1)[0][0] if rates else _USUAL_RATE,
    )
    project = msgspec.structs.replace(
        project,
        tempo_map=reading.tempo_map,
        meter_map=meter_map_of(root, reading.tempo_map, remarks),
        markers=tuple(sorted(arrangement.markers, key=lambda marker: marker.tick)),
        sections=tuple(sorted(arrangement.sections, key=lambda section: section.start_ticks)),
        tracks=tracks,
        sources=sources,
        master=_master(structure, project.master),
    )
    check_project(project)
    _tell_unread(root, archive, remarks)
    return DawSong(project, remarks.sentences(), sounds.stretched_in(sources), details.rights)


def _is_of_nothing_here(strip: Strip, remarks: Remarks) -> bool:
    """Whether a track is for video or markers alone, and has no clips that could come here."""
    contents = set(strip.element.get("contentType", "").split())
    if strip.kind or not contents or contents & {"audio", "notes", "tracks"}:
        return False
    remarks.add("Tracks for video, markers or automation alone are not here", strip.name)
    return True


def _tracks(
    structure: StructureReader, clips: ClipReader, root: Element, remarks: Remarks
) -> tuple[Track, ...]:
    """In the order of the file, the buses behind the tracks that have clips, as we have them."""
    drums = _drum_tracks(root)
    made: list[Track] = []
    strips = [*structure.strips, *([structure.master] if structure.master else [])]
    for strip in strips:
        if strip is not structure.master and not _is_of_nothing_here(strip, remarks):
            made.append(_track(structure, strip, is_drums=strip.element.get("id") in drums))
        made += [
            _track(structure, other, is_drums=False)
            for kind in ("notes", "audio")
            if (other := clips.twins.get((id(strip), kind))) is not None
        ]
    return (
        *(track for track in made if track.kind != "bus"),
        *(track for track in made if track.kind == "bus"),
    )


def _track(structure: StructureReader, strip: Strip, *, is_drums: bool) -> Track:
    match strip.kind:
        case "notes" | "audio" | "bus":
            kind = strip.kind
        case _:  # without clips nothing tells: what may hold notes does
            kind = "notes" if "notes" in strip.element.get("contentType", "") else "audio"
    track = with_contents(structure.track_of(strip, kind), strip)
    if is_drums and kind == "notes" and track.patch is None:
        track = msgspec.structs.replace(track, patch=Patch("general_midi", is_drums=True, name="Drums"))
    return track


def _master(structure: StructureReader, usual: Track) -> Track:
    strip = structure.master
    if strip is None:
        return usual
    track = with_contents(structure.track_of(strip, "master"), strip)
    return msgspec.structs.replace(track, id=MASTER_ID, output=None, sends=(), soloed=False)


def _drum_tracks(root: Element) -> set[str | None]:
    """The tracks whose notes all play on the channel that MIDI has for drums."""
    channels: dict[str | None, set[str]] = {}
    for lanes in root.iter("Lanes"):
        if "track" in lanes.attrib:
            found = channels.setdefault(lanes.attrib["track"], set())
            found.update(note.attrib.get("channel", "0") for note in lanes.iter("Note"))
    return {track for track, used in channels.items() if used == {_DRUM_CHANNEL}}


def _tell_scenes(root: Element, remarks: Remarks) -> None:
    for number, scene in enumerate(root.iterfind("Scenes/Scene"), start=1):
        if any(True for _ in scene.iter("Clip")):
            remarks.add("Clips in the launcher were left out", name_of(scene) or f"Scene {number}")
        mark_left_out(scene)


def _tell_unread(root: Element, archive: Archive, remarks: Remarks) -> None:
    """Whatever nobody asked for, in the song and in the archive around it."""
    mark_read(root, "version")
    mark_left_out(root.find("Application"))
    for what, where in unread_parts(root):
        remarks.add(f"“{clean(what)[:60]}” has no place here and was left out", clean(where))
    named = {
        member_of(each.attrib.get("path", ""), archive.names)
        for each in root.iter()
        if each.tag in _NAMING_FILES
    }
    for name in sorted(archive.names - named - {PROJECT_XML, METADATA_XML}):
        if not name.endswith("/"):
            remarks.add("Files that nothing in the song names were left out", clean(name))
    for name in archive.outside:
        remarks.add("Files whose names lead out of the archive were left out", clean(name))


class _Details(NamedTuple):
    """What the song is called, and what is said of its copyright."""

    title: str = ""
    rights: str = ""


def _details(archive: Archive, remarks: Remarks) -> _Details:
    """Empty when they cannot be read: the song itself matters more."""
    data = archive.read(METADATA_XML, MOST_XML_BYTES)
    if data is None:
        return _Details()
    try:
        root = parse_xml(data)
    except BadXmlError:
        remarks.add(f"The song’s title and details cannot be read: {METADATA_XML} is damaged")
        return _Details()
    found = _Details()
    for field in root:
        text = clean(field.text or "")
        if field.tag == "Title":
            found = found._replace(title=text)
        elif field.tag == "Copyright":
            found = found._replace(rights=clean(field.text or "", _LONGEST_RIGHTS))
        elif text and text != MADE_WITH:
            remarks.add(
                "Details of the song have no place here and were left out", f"{clean(field.tag)}: {text}"
            )
    return found
