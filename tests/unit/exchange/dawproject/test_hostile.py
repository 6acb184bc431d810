"""Files that are damaged, endless or mean harm are refused in one sentence, and never do any."""

import io
import random
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from musicgen_desktop.document import check_project
from musicgen_desktop.exchange.dawproject import (
    UnreadableDawProjectError,
    _archive,
    extract_sounds,
    parse_dawproject,
    read_dawproject,
    save_dawproject,
)
from musicgen_desktop.exchange.dawproject._xml import BadXmlError, parse_xml
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from tests.hostile.songs import other_elements

PATH = Path("x.dawproject")


def archive_of(members, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def project_xml(inner="", version="1.0"):
    return f'<Project version="{version}"><Application name="x" version="1"/>{inner}</Project>'


def refusal_of(file):
    with pytest.raises(UnreadableDawProjectError) as refused:
        parse_dawproject(file, PATH)
    return str(refused.value)


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<Project version="1.0"><Application name="&b;" version="1"/></Project>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<Project version="1.0"><Application name="&a;" version="1"/></Project>"""


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, '<!DOCTYPE x SYSTEM "http://x"><Project/>'])
def test_a_document_type_is_refused_whatever_it_declares(text):
    assert "document type" in refusal_of(archive_of({"project.xml": text}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "damaged"),
        ("<Project", "damaged"),
        ("<Project></Track>", "damaged"),
        ("<Song/>", "no project"),
        ('<?xml version="1.0" encoding="klingon"?><Project/>', "damaged"),
        ("<Project version='1'>" + "<a>" * 100 + "</a>" * 100 + "</Project>", "deep"),
        (f"<Project version='{'1' * 200_000}'/>", "endless"),
    ],
)
def test_bad_xml_is_told_apart(text, says):
    assert says in refusal_of(archive_of({"project.xml": text}))


def test_too_many_elements_are_refused():
    with pytest.raises(BadXmlError, match="120,000"):
        parse_xml(b"<Project>" + b"<a/>" * 120_001 + b"</Project>")


def test_a_zip_bomb_is_refused_before_it_grows():
    assert "too large" in refusal_of(archive_of({"project.xml": b" " * (65 << 20)}))


def test_an_archive_that_lies_about_its_sizes_is_refused():
    file = archive_of({"project.xml": project_xml() + " " * (2 << 20)})
    data = bytearray(file.getvalue())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")

    assert "damaged" in refusal_of(io.BytesIO(bytes(data)))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"MThd", bytes(1_000)])
def test_what_is_no_archive_is_refused(data):
    refusal_of(io.BytesIO(data))


def test_an_encrypted_archive_is_refused():
    file = archive_of({"project.xml": project_xml()})
    data = bytearray(file.getvalue())
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.rfind(mark) + flags] |= 1

    assert "encrypted" in refusal_of(io.BytesIO(bytes(data)))


AUDIO_TRACK = """<Structure><Track id="t" contentType="audio"><Channel id="c"/></Track></Structure>
<Arrangement><Lanes><Lanes track="t"><Clips><Clip time="0" duration="4"><Audio channels="1" duration="1"
sampleRate="48000"><File path="{path}" {external}/></Audio></Clip></Clips></Lanes></Lanes></Arrangement>"""


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\x.wav",
        "a/../../b.wav",
        "\\\\host\\x.wav",
        "~/x.wav",
        "gone.wav",
    ],
)
def test_a_sound_outside_the_archive_is_left_out_and_told(path):
    inner = AUDIO_TRACK.format(path=path, external="")
    members = {"project.xml": project_xml(inner), **({path: b"x"} if path != "gone.wav" else {})}

    told = parse_dawproject(archive_of(members), PATH)

    assert told.project.sources == ()
    assert told.project.tracks[0].clips == ()
    assert any("missing" in remark for remark in told.remarks)


def test_an_external_sound_is_left_out_and_told():
    inner = AUDIO_TRACK.format(path="x.wav", external='external="true"')

    told = parse_dawproject(archive_of({"project.xml": project_xml(inner), "x.wav": b"x"}), PATH)

    assert told.project.sources == ()
    assert any("outside" in remark for remark in told.remarks)


def test_a_sound_that_grows_beyond_reason_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(_archive, "_SUSPICIOUS_BYTES", 1 << 20)
    path = tmp_path / "bomb.dawproject"
    path.write_bytes(archive_of({"project.xml": project_xml(), "a.wav": bytes(2 << 20)}).getvalue())

    with pytest.raises(UnreadableDawProjectError, match="more than a song needs"):
        extract_sounds(path, {"a.wav": tmp_path / "a.wav"})

    assert [each.name for each in tmp_path.iterdir()] == ["bomb.dawproject"]


@pytest.mark.parametrize("value", ["1e400", "nan", "-inf", "9" * 400, "1e11", "x", "", "0x10", "1_0"])
def test_numbers_that_no_song_has_leave_out_what_they_stand_on(value):
    inner = """<Transport><Tempo unit="bpm" value="@"/><TimeSignature numerator="@" denominator="4"/>
    </Transport>
    <Structure><Track id="t" contentType="notes"><Channel id="c"><Pan unit="linear" value="@"/>
    <Volume id="v" unit="linear" value="@"/></Channel></Track></Structure><Arrangement><Lanes>
    <Lanes track="t">
    <Clips><Clip time="@" duration="4"><Notes/></Clip><Clip time="0" duration="@"><Notes/></Clip>
    <Clip time="0" duration="4" loopStart="0" loopEnd="@"><Notes>
    <Note time="@" duration="@" key="@" vel="@" channel="0"/></Notes></Clip></Clips>
    <Points><Target parameter="v"/><RealPoint time="@" value="@"/></Points></Lanes></Lanes>
    <Markers><Marker time="@" name="m"/></Markers>
    <TempoAutomation><Target/><RealPoint time="@" value="@"/></TempoAutomation></Arrangement>"""
    inner = inner.replace("@", value)

    told = parse_dawproject(archive_of({"project.xml": project_xml(inner)}), PATH)

    check_project(told.project)
    assert told.remarks


def test_clips_that_play_each_other_again_end():
    clips = '<Clip time="0" duration="4" reference="a"/>' * 3
    inner = f"""<Structure><Track id="t" contentType="notes"/></Structure><Arrangement><Lanes track="t">
    <Clips id="a">{clips}</Clips></Lanes></Arrangement>"""

    told = parse_dawproject(archive_of({"project.xml": project_xml(inner)}), PATH)

    assert told.project.tracks[0].clips == ()
    assert any("nested too deep" in remark for remark in told.remarks)


def test_clips_that_play_each_other_again_a_million_times_are_refused():
    clips = '<Clip time="0" duration="4" reference="a"/>' * 20
    inner = f"""<Structure><Track id="t" contentType="notes"/></Structure><Arrangement><Lanes track="t">
    <Clips id="a">{clips}</Clips></Lanes></Arrangement>"""

    assert "100,000 clips" in refusal_of(archive_of({"project.xml": project_xml(inner)}))


def test_loops_in_loops_are_refused_before_they_take_long():
    clips = '<Clip time="0" duration="100000" loopStart="0" loopEnd="0.01" reference="a"/>' * 100
    inner = f"""<Structure><Track id="t" contentType="notes"/></Structure><Arrangement><Lanes track="t">
    <Clips id="a">{clips}</Clips></Lanes></Arrangement>"""

    assert "100,000 clips" in refusal_of(archive_of({"project.xml": project_xml(inner)}))


def test_a_loop_of_almost_nothing_is_cut():
    inner = AUDIO_TRACK.format(path="a.wav", external="").replace(
        'duration="4"', 'duration="100000" loopStart="0" loopEnd="0.0011"'
    )

    told = parse_dawproject(archive_of({"project.xml": project_xml(inner), "a.wav": b"x"}), PATH)

    assert len(told.project.tracks[0].clips) <= 2_000
    assert any("too often" in remark for remark in told.remarks)


def is_understood(file):
    """Whether a file is read; it may only be refused in words, and what is read must be whole."""
    try:
        told = parse_dawproject(file, PATH)
    except UserInputError:
        return False
    check_project(told.project)
    return True


def test_thousands_of_songs_with_other_words_are_understood_or_refused(song, media_folder, tmp_path):
    save_dawproject(song, tmp_path / "a.dawproject", media_folder=media_folder)
    with zipfile.ZipFile(tmp_path / "a.dawproject") as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name.startswith("plugins")}
        whole = archive.read("project.xml")
    members["audio/vox.wav"] = b""
    rng = random.Random(5)
    understood = 0
    for _ in range(1_000):
        members["project.xml"] = ET.tostring(other_elements(parse_xml(whole), rng))
        understood += is_understood(archive_of(members, zipfile.ZIP_STORED))

    assert understood > 700


def test_thousands_of_damaged_archives_are_understood_or_refused(song, media_folder, tmp_path):
    save_dawproject(song, tmp_path / "a.dawproject", media_folder=media_folder)
    with zipfile.ZipFile(tmp_path / "a.dawproject") as archive:
        members = {name: archive.read(name)[:2_000] for name in archive.namelist() if "xml" not in name}
        members |= {name: archive.read(name) for name in ("project.xml", "metadata.xml")}
    whole = archive_of(members).getvalue()
    rng = random.Random(6)
    for _ in range(2_000):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(len(data)) :]
        is_understood(io.BytesIO(bytes(data)))


# In a process of its own


def test_the_process_reads_what_lies_in_a_file(song, media_folder, tmp_path):
    path = tmp_path / "a.dawproject"
    save_dawproject(song, path, media_folder=media_folder)

    told = read_dawproject(path)

    assert [track.name for track in told.project.tracks] == [track.name for track in song.tracks]


def test_the_process_hands_a_refusal_on(tmp_path):
    path = tmp_path / "a.dawproject"
    path.write_bytes(archive_of({"project.xml": BOMB}).getvalue())

    with pytest.raises(UnreadableDawProjectError, match="document type"):
        read_dawproject(path)
    with pytest.raises(UnreadableDawProjectError, match="does not exist"):
        read_dawproject(tmp_path / "gone.dawproject")


def test_nobody_waits_for_a_process_that_takes_too_long(tmp_path):
    path = tmp_path / "a.dawproject"
    path.write_bytes(archive_of({"project.xml": project_xml()}).getvalue())
    stop = StopFlag()
    stop.set()

    with pytest.raises(UnreadableDawProjectError, match="too long"):
        read_dawproject(path, longest_s=0.0)
    with pytest.raises(Stopped):
        read_dawproject(path, stop=stop)
