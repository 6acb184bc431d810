"""Downloads from a hub on this machine: whole, verified, resumed, refused in a sentence."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from musicgen_desktop.foundation import (
    OFFLINE_VARIABLE,
    MusicgenDesktopError,
    StopFlag,
    Stopped,
    UserInputError,
    no_report,
    settings_path,
)
from musicgen_desktop.generation.musicgen.library import (
    _download,
    alone_with,
    catalogue_named,
    download_folder,
    get_model,
    size_text,
)
from musicgen_desktop.generation.musicgen.library._download import download, fetch_all
from musicgen_desktop.generation.musicgen.library._fetch import LineCutError, fetch
from musicgen_desktop.generation.musicgen.library._hub import Hub
from tests.fakes.model_hub import REVISION, ModelHub

REPOSITORY = "somebody/musicgen-tiny"
WEIGHTS = bytes(range(256)) * 4_000
MODEL = {"config.json": b"{}", "tokenizer.json": b'{"version": 1}', "model.safetensors": WEIGHTS}


@pytest.fixture
def hub():
    served = ModelHub()
    served.files[REPOSITORY] = {**MODEL, "README.md": b"long", "state_dict.bin": b"pickled"}
    with served.running():
        yield served


def fetched(hub, folder, report=no_report, stop=None):
    asked = Hub(REPOSITORY, hub.address)
    fetch_all(asked.listing(), asked, folder, report, stop or StopFlag())
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_exactly_the_needed_files_arrive_of_one_revision(hub, tmp_path):
    assert fetched(hub, tmp_path) == MODEL
    assert Hub(REPOSITORY, hub.address).listing().revision == REVISION


def test_no_request_carries_a_token(hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "secret")

    fetched(hub, tmp_path)

    assert hub.headers
    for headers in hub.headers:
        assert "authorization" not in {name.lower() for name in headers}


def test_a_line_that_breaks_in_the_middle_is_taken_up_where_it_broke(hub, tmp_path):
    hub.cuts["model.safetensors"] = 500_000

    assert fetched(hub, tmp_path) == MODEL

    starts = [start for name, start in hub.asked if name == "model.safetensors"]
    assert starts[0] == 0
    assert 0 < starts[1] <= 500_000


def test_a_download_that_was_stopped_goes_on_from_what_arrived(hub, tmp_path):
    stop = StopFlag()

    def stop_in_the_middle(done, _stage):
        if done > 0.3:
            stop.set()

    with _Eager(), pytest.raises(Stopped):
        fetched(hub, tmp_path, stop_in_the_middle, stop)
    (part,) = tmp_path.glob("*.part")
    here = part.stat().st_size
    assert 0 < here < len(WEIGHTS)
    hub.asked.clear()

    assert fetched(hub, tmp_path) == MODEL
    assert hub.asked == [("model.safetensors", here)]


def test_a_server_that_knows_no_parts_is_begun_anew(hub, tmp_path):
    hub.knows_ranges = False
    hub.cuts["model.safetensors"] = 500_000

    assert fetched(hub, tmp_path) == MODEL


def test_what_is_not_what_the_hub_promised_is_deleted_and_said(hub, tmp_path):
    hub.lies["model.safetensors"] = bytes(len(WEIGHTS))

    with pytest.raises(UserInputError, match=r"“model\.safetensors” arrived damaged"):
        fetched(hub, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"config.json", "tokenizer.json"}


def test_a_file_that_was_damaged_on_the_disk_is_fetched_again(hub, tmp_path):
    fetched(hub, tmp_path)
    (tmp_path / "model.safetensors").write_bytes(bytes(len(WEIGHTS)))
    hub.asked.clear()

    assert fetched(hub, tmp_path) == MODEL
    assert hub.asked == [("model.safetensors", 0)]


def test_a_file_that_ends_early_again_and_again_is_given_up(hub, tmp_path):
    hub.lies["model.safetensors"] = WEIGHTS[:5000]

    with pytest.raises(UserInputError, match=r"less of “model\.safetensors”"):
        fetched(hub, tmp_path)


def test_progress_tells_the_bytes_and_ends_at_one(hub, tmp_path):
    told = []

    with _Eager():
        fetched(hub, tmp_path, lambda done, stage: told.append((done, stage)))

    shares = [done for done, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert told[-1][1] == "1 MB of 1 MB"


def test_a_repository_that_is_gone_or_closed_is_told(hub):
    with pytest.raises(UserInputError, match="has no “nobody/nothing” for everyone"):
        Hub("nobody/nothing", hub.address).listing()
    hub.closed = True
    with pytest.raises(UserInputError, match="for everyone any more"):
        Hub(REPOSITORY, hub.address).listing()


def test_nobody_who_answers_is_a_line_that_is_cut():
    with pytest.raises(LineCutError):
        Hub(REPOSITORY, "http://127.0.0.1:9").listing()


def test_a_file_is_asked_for_no_more_when_all_attempts_were_in_vain(hub, tmp_path):
    listing = Hub(REPOSITORY, hub.address).listing()
    nobody = Hub(REPOSITORY, "http://127.0.0.1:9")
    asked = []

    def ask(file, start):
        asked.append(start)
        return nobody.ask(file, start, revision=REVISION)

    with pytest.raises(LineCutError):
        fetch(listing.files[-1], tmp_path, ask, lambda _: None, StopFlag(), pauses_s=(0.0, 0.0))
    assert asked == [0, 0, 0]


def test_an_answer_without_an_end_is_heard_no_further_than_was_promised(hub, tmp_path):
    file = Hub(REPOSITORY, hub.address).listing().files[-1]
    came = []

    def endless():
        yield WEIGHTS
        while len(came) < 100:
            came.append(b"more")
            yield b"more"

    @contextmanager
    def ask(_file, start):
        yield start, endless()

    fetch(file, tmp_path, ask, lambda _: None, StopFlag())

    assert (tmp_path / "model.safetensors").read_bytes() == WEIGHTS
    assert came == []


def test_a_disk_that_is_too_full_is_told_before_anything_is_fetched(hub, tmp_path, monkeypatch):
    monkeypatch.setattr(_download.shutil, "disk_usage", lambda _: _Disk(free=100_000_000))

    with pytest.raises(UserInputError, match=r"needs 502 MB .* 100 MB are free"):
        fetched(hub, tmp_path)
    assert hub.asked == []


def test_the_process_of_its_own_downloads_and_takes_up_a_broken_line(hub, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", hub.address)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")  # as in every process of ours
    hub.cuts["model.safetensors"] = 300_000
    folder = download_folder("musicgen-tiny")

    download(REPOSITORY, folder, no_report, StopFlag())

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == MODEL
    assert [name for name, _ in hub.asked].count("model.safetensors") == 2


def test_a_model_that_another_process_downloads_is_left_to_it(hub, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", hub.address)

    with alone_with("musicgen-small"), pytest.raises(UserInputError, match="downloaded or installed already"):
        get_model(catalogue_named("musicgen-small"), no_report, StopFlag())
    assert hub.asked == []


@pytest.mark.slow
def test_a_line_that_says_nothing_any_more_can_be_stopped_and_what_arrived_stays(hub, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", hub.address)
    hub.silent_after["model.safetensors"] = 600_000
    folder, stop = download_folder("musicgen-tiny"), StopFlag()

    def stop_when_silent(done, _stage):
        if done > 0.0 and hub.fell_silent.wait(30.0):
            stop.set()

    with pytest.raises(Stopped):
        download(REPOSITORY, folder, stop_when_silent, stop)
    (part,) = folder.glob("*.part")
    here = part.stat().st_size
    assert here > 0
    hub.silent_after.clear()
    hub.asked.clear()
    download(REPOSITORY, folder, no_report, StopFlag())

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == MODEL
    assert hub.asked == [("model.safetensors", here)]


def test_a_hub_that_does_not_answer_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")

    with pytest.raises(MusicgenDesktopError, match=r"^The hub does not answer; .* is kept\.$"):
        download(REPOSITORY, tmp_path, no_report, StopFlag())


def test_offline_refuses_before_any_process_is_started(tmp_path, monkeypatch):
    monkeypatch.setattr(_download, "GenerationClient", None)
    monkeypatch.setenv(OFFLINE_VARIABLE, "1")
    with pytest.raises(UserInputError, match="switched off by MUSICGEN_DESKTOP_OFFLINE=1"):
        download(REPOSITORY, tmp_path, no_report, StopFlag())
    monkeypatch.delenv(OFFLINE_VARIABLE)
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("offline = true\n")

    with pytest.raises(UserInputError, match="“Stay offline”"):
        download(REPOSITORY, tmp_path, no_report, StopFlag())


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (2_360_000_000, "2.4 GB"),
        (999_600_000, "1.0 GB"),
        (817_000_000, "817 MB"),
        (3_000, "3 kB"),
        (0, "0 kB"),
    ],
)
def test_sizes_are_told_in_words(size, text):
    assert size_text(size) == text


class _Disk:
    def __init__(self, free):
        self.free = free


class _Eager:
    """Reports of every piece, however fast they come."""

    def __enter__(self):
        self._before = _download._REPORT_EVERY_S
        _download._REPORT_EVERY_S = 0.0

    def __exit__(self, *_):
        _download._REPORT_EVERY_S = self._before
