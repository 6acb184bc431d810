"""Nothing of a file is lost in silence: it is taken over, or a remark names it and where it stands."""

import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from musicgen_desktop.exchange.dawproject import parse_dawproject
from musicgen_desktop.exchange.dawproject._schema import KINDS
from tests.hostile.songs import archive_of

SAMPLES = {path.stem: path.read_text("utf-8") for path in (Path(__file__).parent / "samples").glob("*.xml")}

SOUNDS = ("audio/loop.wav", "Audio/gtr.wav", "audio/Vox_01.wav", "Media/Riff(1).wav")


def remarks_of(text, members=()):
    members = {"project.xml": text} | dict.fromkeys((*SOUNDS, *members), b"x")
    return parse_dawproject(io.BytesIO(archive_of(members)), Path("Their Song")).remarks


def tree_of(text):
    return ET.fromstring(text)  # noqa: S314 - our own sample


def is_left_out_whole(element, track):
    """What the samples hold and a remark names already: whatever lies in it goes with it."""
    told = ("Application", "Video", "ClipSlot", "Scene", "Target", "Parameters", "Point")
    is_device = element.get("deviceRole") is not None and element.tag != "Vst3Plugin"
    is_outside = any(file.get("external") == "true" for file in element.iter("File"))
    target = None if element.tag != "Points" else element.find("Target")
    moved = "" if target is None else target.get("parameter", "")
    return (
        element.tag in told
        or element.tag not in KINDS
        or is_device
        or (element.tag == "Clip" and (is_outside or element.get("name") in ("Ghost", "Gone")))
        or (element.tag in ("Clips", "Notes") and track is None)
        or (element.tag == "Points" and moved in ("", "gone", "id9", "Q"))
        or element.get("role") == "vca"
        or element.get("id") in ("id13", "id57")  # the balance of a send, a fader that moves in a clip
        or element.get("destination") == "ID99"
        or element.get("key") == "128"
        or element.get("duration") == "x"
    )


def ways_to(root):
    """The way from the root to each element that is read: the numbers of the children on it."""
    ways = [(root, (), None)]
    for element, way, track in ways:
        track = element.get("track", track)  # noqa: PLW2901 - from here on down
        if not is_left_out_whole(element, track):
            yield way
        if not is_left_out_whole(element, track) and element.tag != "Note":  # its expression goes as a whole
            ways += [(child, (*way, number), track) for number, child in enumerate(element)]


def at(root, way):
    for number in way:
        root = root[number]
    return root


@pytest.mark.parametrize("name", SAMPLES)
def test_an_element_that_nobody_knows_is_named_wherever_it_stands(name):
    for way in ways_to(tree_of(SAMPLES[name])):
        root = tree_of(SAMPLES[name])
        around = at(root, way)
        ET.SubElement(around, "Strange", kind="1")

        told = remarks_of(ET.tostring(root))

        assert any("Strange" in remark for remark in told), around.tag


@pytest.mark.parametrize("name", SAMPLES)
def test_an_element_in_the_wrong_place_is_named_too(name):
    for way in ways_to(tree_of(SAMPLES[name])):
        root = tree_of(SAMPLES[name])
        around = at(root, way)
        if around.tag in ("Channel", "Send") and around.find("Volume") is None:
            continue  # there it is right
        ET.SubElement(around, "Volume", value="0.3", unit="linear")

        told = remarks_of(ET.tostring(root))

        assert any("Volume" in remark for remark in told), around.tag


@pytest.mark.parametrize("name", SAMPLES)
def test_an_attribute_that_nobody_knows_is_named_wherever_it_stands(name):
    for way in ways_to(tree_of(SAMPLES[name])):
        root = tree_of(SAMPLES[name])
        element = at(root, way)
        element.set("strange", "1")

        told = remarks_of(ET.tostring(root))

        assert any(f"“strange of {element.tag}”" in remark for remark in told), element.attrib


def test_a_remark_says_what_was_left_out_and_where():
    text = SAMPLES["bitwig_like"].replace('name="Riff">', 'name="Riff" comment="louder"><Chords key="C"/>')

    told = " ".join(remarks_of(text))

    assert "“comment of Clip” has no place here and was left out: “Bass, Riff”." in told
    assert "“Chords” has no place here and was left out: “Bass, Riff”." in told


def test_words_between_elements_are_named():
    text = SAMPLES["bitwig_like"].replace('<Notes id="id52">', '<Notes id="id52">la la')

    assert "“text in Notes” has no place here and was left out: “Bass, Riff”." in remarks_of(text)


def test_a_remark_tells_of_every_kind_however_many_there_are():
    strange = "".join(f'<S{number} a="1"/>' for number in range(150))

    told = remarks_of(f'<Project version="1"><Application/>{strange}</Project>')

    assert len(told) == 101
    assert told[-1].startswith("There is more like this: ")


def test_files_and_details_that_nobody_asks_for_are_named():
    text = SAMPLES["studio_one_like"]
    details = b"<MetaData><Title>Hm</Title><Artist>Them</Artist><Year></Year></MetaData>"
    members = {"project.xml": text, "metadata.xml": details, "notes.txt": b"x", "../../evil.wav": b"x"}

    told = parse_dawproject(io.BytesIO(archive_of(members)), Path("a"))

    said = " ".join(told.remarks)
    assert told.project.name == "Hm"
    for word in ("“Artist: Them”", "“notes.txt”", "lead out of the archive were left out: “../../evil.wav”"):
        assert word in said
    assert "Year" not in said


@pytest.mark.parametrize(
    ("attributes", "is_told"),
    [('rel="0.787402"', False), ('rel="0.3"', True), ('channel="0"', False), ('channel="4"', True)],
)
def test_what_a_program_writes_when_nobody_chose_it_is_no_news(attributes, is_told):
    text = f"""<Project version="1.0"><Structure><Track id="t" contentType="notes"/></Structure><Arrangement>
    <Lanes track="t"><Clips><Clip time="0" duration="4"><Notes>
    <Note time="0" duration="1" key="60" vel="0.5" {attributes}/>
    <Note time="0" duration="1" key="60" vel="0.5"/></Notes></Clip></Clips></Lanes></Arrangement></Project>"""

    told = parse_dawproject(io.BytesIO(archive_of({"project.xml": text})), Path("a")).remarks
    kept = [remark for remark in told if "departs" not in remark]

    assert bool(kept) == is_told
