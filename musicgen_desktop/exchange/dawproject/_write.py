"""Project → a DAWproject file: a ZIP archive of `project.xml`, `metadata.xml`, sounds and plugin states."""

import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from musicgen_desktop import __version__
from musicgen_desktop.document import Project, told_rights
from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.media import CannotWriteError, ReplacingFile, UnreadableAudioError

from ._numbers import beats, number
from ._remarks import Remarks
from ._values import MADE_WITH, METADATA_XML, OUR_NAME, PROJECT_XML, SECTION_COMMENT
from ._write_clips import ClipWriter
from ._write_curves import METER, TEMPO, curves_of, meter_points, tempo_points
from ._write_devices import DeviceWriter
from ._write_ids import Ids
from ._write_sounds import SoundFile, Sounds, write_changed
from ._write_structure import StructureWriter

_FORMAT_VERSION = "1.0"
_SLOWEST_BPM, _FASTEST_BPM = 5, 999
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that ZIP knows: the same song gives the same bytes


class Described(NamedTuple):
    """A project in the words of the format.

    Attributes:
        project_xml: the root element.
        metadata_xml: the root element.
        sounds: the audio files it names.
        states: of plugins, by the name in the archive.
        remarks: a sentence for each kind of thing that other programs do not get as it is.
    """

    project_xml: Element
    metadata_xml: Element
    sounds: tuple[SoundFile, ...]
    states: dict[str, bytes]
    remarks: tuple[str, ...]


def save_dawproject(
    project: Project,
    path: Path,
    *,
    media_folder: Path,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> tuple[str, ...]:
    """Write the whole song as one file, which appears when it is complete.

    Args:
        project: the song.
        path: the file, `NAME.dawproject`; an older one is replaced.
        media_folder: what the paths of its sources are relative to.
        report: told how far it is.
        stop: asked before each sound.

    Returns:
        A sentence for each kind of thing that other programs do not get as it is.

    Raises:
        CannotWriteError: no such folder, no right, disk full.
        UnreadableAudioError: a sound is missing or damaged.
        Stopped: when `stop` was set.
    """
    described = describe(project)
    with ReplacingFile(path) as target:
        try:
            with zipfile.ZipFile(target.file, "w", zipfile.ZIP_DEFLATED) as archive:
                _add(archive, METADATA_XML, _text_of(described.metadata_xml))
                _add(archive, PROJECT_XML, _text_of(described.project_xml))
                for name, state in described.states.items():
                    _add(archive, name, state)
                for count, sound in enumerate(described.sounds):
                    if stop is not None:
                        stop.raise_if_set()
                    report(count / len(described.sounds), f"Packing {sound.source.name}")
                    _add_sound(archive, sound, media_folder / sound.source.path)
        except OSError as error:
            raise CannotWriteError(path, error) from error
    report(1.0, "Done")
    return described.remarks


def describe(project: Project) -> Described:
    """The project in the words of the format; touches no file."""
    remarks, ids, sounds = Remarks(), Ids(project), Sounds()
    devices = DeviceWriter(ids, remarks)
    root = Element("Project", version=_FORMAT_VERSION)
    SubElement(root, "Application", name=OUR_NAME, version=__version__)
    root.append(_transport(project))
    root.append(StructureWriter(project, ids, devices, remarks).structure())
    root.append(_arrangement(project, ids, ClipWriter(project, sounds, remarks), remarks))
    if project.chords or project.keys:
        remarks.add("The format knows neither keys nor chords; they stay behind")
    if project.midi_bindings:
        remarks.add("Learned controllers stay behind")
    return Described(root, _metadata(project), tuple(sounds), devices.states, remarks.sentences())


def _transport(project: Project) -> Element:
    meter = project.meter_map.changes[0].meter
    element = Element("Transport")
    SubElement(
        element,
        "Tempo",
        id=TEMPO,
        name="Tempo",
        unit="bpm",
        min=str(_SLOWEST_BPM),
        max=str(_FASTEST_BPM),
        value=number(project.tempo_map.points[0].bpm),
    )
    SubElement(
        element,
        "TimeSignature",
        id=METER,
        numerator=str(meter.numerator),
        denominator=str(meter.denominator),
    )
    return element


def _arrangement(project: Project, ids: Ids, clips: ClipWriter, remarks: Remarks) -> Element:
    element = Element("Arrangement", id="arrangement")
    lanes = SubElement(element, "Lanes", id="lanes", timeUnit="beats")
    for track in project.all_tracks:
        own = Element("Lanes", id=f"{ids.track(track.id)}-lanes", track=ids.track(track.id))
        if track.kind in ("notes", "audio"):
            own.append(clips.clips(track))
        own.extend(curves_of(track, ids, remarks))
        if len(own):
            lanes.append(own)
    if project.sections or project.markers:
        element.append(_markers(project))
    for points in (tempo_points(project), meter_points(project)):
        if points is not None:
            element.append(points)
    return element


def _markers(project: Project) -> Element:
    element = Element("Markers", timeUnit="beats")
    placed = [
        (section.start_ticks, section.name, f"{SECTION_COMMENT} {section.length_ticks} {section.intensity!r}")
        for section in project.sections
    ]
    placed += [(marker.tick, marker.name, "") for marker in project.markers]
    for tick, name, comment in sorted(placed, key=lambda each: each[0]):
        marker = SubElement(element, "Marker", time=beats(tick), name=name)
        if comment:
            marker.set("comment", comment)
    return element


def _metadata(project: Project) -> Element:
    element = Element("MetaData")
    SubElement(element, "Title").text = project.name
    rights = told_rights(project, project.tracks, muted=True)
    if rights:
        SubElement(element, "Copyright").text = rights
    SubElement(element, "Comment").text = MADE_WITH
    return element


def _text_of(root: Element) -> bytes:
    indent(root)
    text: bytes = tostring(_without_control_characters(root), encoding="UTF-8", xml_declaration=True)
    return text


def _without_control_characters(root: Element) -> Element:
    """XML cannot hold them, not even escaped; names may."""
    for element in root.iter():
        for name, text in element.attrib.items():
            if not text.isprintable():
                element.set(name, "".join(letter if letter.isprintable() else " " for letter in text))
        if element.text and not element.text.isprintable():
            element.text = "".join(
                letter if letter.isprintable() or letter == "\n" else " " for letter in element.text
            )
    return root


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(_member(name, zipfile.ZIP_DEFLATED), data)


def _add_sound(archive: zipfile.ZipFile, sound: SoundFile, path: Path) -> None:
    with archive.open(_member(sound.name, zipfile.ZIP_STORED), "w", force_zip64=True) as target:
        if sound.clip is not None:
            write_changed(sound, sound.clip, path, target)
            return
        with _opened(path) as source:
            shutil.copyfileobj(source, target, 1 << 20)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableAudioError(
            path, "cannot be opened; find it again before the song is packed."
        ) from error


def _member(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=_DAY)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info
