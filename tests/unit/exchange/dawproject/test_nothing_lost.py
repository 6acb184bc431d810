"""Nothing of a file is lost in silence: it is taken over, or a remark names it and where it stands."""

import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from musicgen_desktop.exchange.dawproject import parse_dawproject
from tests.hostile.songs import archive_of

SAMPLES = {path.stem: path.read_text("utf-8") for path in (Path(__file__).parent / "samples").glob("*.xml")}


def remarks_of(text, members=()):
    members = {"project.xml": text} | dict.fromkeys(("audio/loop.wav", "Audio/gtr.wav", *members), b"x")
    return parse_dawproject(io.BytesIO(archive_of(members)), Path("Their Song")).remarks


def tree_of(text):
    return ET.fromstring(text)  # noqa: S314 - our own sample


def is_left_out_whole(element):
    """What the samples hold and a remark names already: whatever lies in it goes with it."""
    told = ("Application", "Video", "ClipSlot", "Scene", "Target", "Parameters", "Point")
    is_device = element.get("deviceRole") is not None and element.tag != "Vst3Plugin"
    is_outside = any(file.get("external") == "true" for file in element.iter("File"))
    is_note_lane = element.tag == "Points" and element.find("Target[@parameter]") is None
    is_lost = element.find("Target[@parameter='gone']") is not None
    is_vca = element.get("role") == "vca"
    is_outside_sound = is_outside and element.tag in ("Audio", "File")
    return element.tag in told or is_device or is_outside_sound or is_note_lane or is_lost or is_vca


def ways_to(root):
    """The way from the root to each element that is read: the numbers of the children on it."""
    ways = [(root, ())]
    for element, way in ways:
        if not is_left_out_whole(element):
            yield way
            ways += [(child, (*way, number)) for number, child in enumerate(element)]


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
