"""Models as the library shows them: listed, filtered, found by name, removed."""

import msgspec
import pytest

from musicgen_desktop.foundation import (
    OFFLINE_VARIABLE,
    StopFlag,
    UserInputError,
    no_report,
    settings_path,
)
from musicgen_desktop.generation.musicgen.library import (
    MODEL_JSON,
    alone_with,
    catalogue,
    download_folder,
    model_folder,
    models_folder,
)
from musicgen_desktop.session.controllers.models import (
    AddModel,
    CheckModel,
    GetModel,
    list_models,
    remove_model,
)
from musicgen_desktop.session.preferences import save_offline
from tests.fakes.model_folders import install


def entry(model_id):
    return next(each for each in list_models().models if each.id == model_id)


def test_without_any_model_all_of_the_catalogue_can_be_got():
    listing = list_models()

    assert [each.id for each in listing.models] == [model.id for model in catalogue()]
    assert {each.state for each in listing.models} == {"available"}
    assert listing.disk_bytes == 0
    assert listing.free_bytes > 0


def test_an_installed_model_comes_first_and_is_not_offered_again():
    install("musicgen-large", name="MusicGen Large")

    first, *others = list_models().models

    assert (first.id, first.state, first.parameters) == ("musicgen-large", "installed", 3_300_000_000)
    assert first.disk_bytes > 0
    assert first.memory_bytes["int8"] < first.memory_bytes["fp32"]
    assert "musicgen-large" not in {each.id for each in others}


def test_a_model_of_ones_own_tells_what_it_is():
    shape = next(model.shape for model in catalogue() if model.id == "musicgen-stereo-melody")
    install("mine", name="Mine", shape=shape, source="my folder", licence="Mine alone", commercial_use=True)

    mine = entry("mine")

    assert (mine.channels, mine.follows_melody, mine.window_s) == (2, True, 30.0)
    assert (mine.repository, mine.licence, mine.commercial_use) == ("my folder", "Mine alone", True)


def test_a_broken_model_is_shown_with_its_problem_and_the_room_it_takes():
    install("musicgen-small", weights=bytes(5000))
    (model_folder("musicgen-small") / MODEL_JSON).write_text("{}")

    broken = entry("musicgen-small")

    assert broken.state == "broken"
    assert "remove it" in broken.problem
    assert broken.disk_bytes >= 5000


def test_the_commercial_safe_list_holds_only_what_says_so():
    install("musicgen-small")
    install("free", commercial_use=True)
    install("torn")
    (model_folder("torn") / MODEL_JSON).unlink()

    assert [each.id for each in list_models(commercial_safe=True).models] == ["free"]


def test_what_arrived_of_a_download_is_counted():
    folder = download_folder("musicgen-small")
    folder.mkdir(parents=True)
    (folder / "model.safetensors.part").write_bytes(bytes(3000))

    assert entry("musicgen-small").arrived_bytes == 3000
    assert list_models().disk_bytes == 3000


def test_the_list_becomes_json():
    install("musicgen-small")

    told = msgspec.json.decode(msgspec.json.encode(list_models()))

    assert told["models"][0]["state"] == "installed"


def test_the_offline_switch_is_told_and_where_it_stands(monkeypatch):
    assert not list_models().offline
    save_offline(offline=True)
    assert (list_models().offline, list_models().offline_by_environment) == (True, False)
    save_offline(offline=False)
    monkeypatch.setenv(OFFLINE_VARIABLE, "1")
    assert (list_models().offline, list_models().offline_by_environment) == (True, True)


def test_settings_that_cannot_be_read_count_as_offline():
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("offline = 'perhaps'")

    assert list_models().offline


@pytest.mark.parametrize(
    "name", ["musicgen-small", "MusicGen Small", "Little one", "facebook/MusicGen-small"]
)
def test_a_model_is_removed_by_any_of_its_names(name):
    install("musicgen-small", name="Little one")
    install("other")

    assert remove_model(name) == "musicgen-small"
    assert [path.name for path in models_folder().iterdir()] == ["other"]


def test_a_broken_model_is_removed_and_so_is_what_is_left_of_its_download():
    install("torn")
    (model_folder("torn") / MODEL_JSON).unlink()
    download_folder("torn").mkdir(parents=True)

    remove_model("torn")

    assert not model_folder("torn").exists()
    assert not download_folder("torn").exists()


def test_a_model_that_is_being_got_is_not_removed_under_its_feet():
    download_folder("musicgen-small").mkdir(parents=True)

    with alone_with("musicgen-small"), pytest.raises(UserInputError, match="stop that, or wait"):
        remove_model("musicgen-small")

    assert download_folder("musicgen-small").is_dir()
    assert remove_model("musicgen-small") == "musicgen-small"


def test_a_download_alone_is_removed_too():
    download_folder("musicgen-small").mkdir(parents=True)

    assert remove_model("musicgen-small") == "musicgen-small"
    assert not download_folder("musicgen-small").exists()


@pytest.mark.parametrize("name", ["nothing", "../secret", "", "."])
def test_what_is_not_here_is_not_removed_and_the_sentence_names_what_is(name):
    install("other")

    with pytest.raises(UserInputError, match=r"is installed; installed are other\."):
        remove_model(name)
    assert model_folder("other").is_dir()


def test_a_model_that_cannot_be_moved_stays_whole(monkeypatch):
    install("other")

    def refuse(*_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr("pathlib.Path.rename", refuse)

    with pytest.raises(UserInputError, match=r"cannot be removed \(in use\)"):
        remove_model("other")
    assert entry("other").state == "installed"


def test_an_unknown_model_to_get_is_told_with_near_ones():
    with pytest.raises(UserInputError, match="did you mean musicgen-small"):
        GetModel("musicgen-smal").run(no_report, StopFlag())


def test_an_installed_model_is_not_got_again():
    install("musicgen-small")

    with pytest.raises(UserInputError, match="is installed already"):
        GetModel("musicgen-small").run(no_report, StopFlag())


def test_nothing_is_got_while_the_user_stays_offline():
    save_offline(offline=True)

    with pytest.raises(UserInputError, match="switched off"):
        GetModel("musicgen-small").run(no_report, StopFlag())


def test_a_folder_that_is_not_there_is_not_added(tmp_path):
    with pytest.raises(UserInputError, match="There is no"):
        AddModel(tmp_path / "nothing").run(no_report, StopFlag())


def test_only_what_is_here_can_be_checked():
    with pytest.raises(UserInputError, match=r"^No model is installed yet; get or add one first"):
        CheckModel("musicgen-small").run(no_report, StopFlag())


def test_without_the_neural_engine_it_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr("musicgen_desktop.session.controllers.models._jobs.find_spec", lambda _: None)

    with pytest.raises(UserInputError, match="--neural"):
        AddModel(tmp_path).run(no_report, StopFlag())
