import json
import os
import shutil
import zipfile

import msgspec
import pytest
import torch
from safetensors.torch import load_file, save_file

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError, no_report
from musicgen_desktop.generation.musicgen.library import (
    MODEL_JSON,
    catalogue,
    installed_models,
    model_folder,
    models_folder,
    read_model,
)
from musicgen_desktop.generation.musicgen.weights import (
    check_hashes,
    forget_pages,
    install_model,
    load_weights,
)


def install(source, name=None, report=no_report, stop=None):
    return install_model(source, name, report, stop or StopFlag())


def everything_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def zipped(folder, into, inside=""):
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"{inside}{file.relative_to(folder)}")
    return into


def retyped(folder, dtype):
    file = folder / "model.safetensors"
    save_file({name: tensor.to(dtype) for name, tensor in load_file(file).items()}, file)
    return folder


def test_a_model_is_named_by_its_folder_and_its_licence_is_unknown(copied):
    model_id = install(copied("transformers", name="My First Model"))

    model = read_model(model_id)
    assert (model.id, model.name, model.source) == ("my-first-model", "My First Model", "My First Model")
    assert (model.licence, model.commercial_use) == ("unknown", False)
    assert installed_models() == (model,)
    assert everything_in(models_folder()) == [
        model_id,
        *(f"{model_id}/{name}" for name in sorted([*model.hashes, MODEL_JSON])),
    ]


def test_a_model_of_the_catalogue_takes_its_id_and_its_licence(copied):
    known = catalogue()[0]

    model = read_model(install(copied("transformers", name=known.id)))

    assert (model.id, model.name) == (known.id, known.name)
    assert (model.licence, model.commercial_use) == (known.licence, known.commercial_use)


def test_a_model_that_is_called_as_the_catalogue_calls_it_takes_its_id(copied):
    known = catalogue()[-1]

    assert install(copied("transformers", name="snapshot"), known.name) == known.id


def test_the_name_that_a_configuration_gives_tells_the_licence(copied):
    known, folder = catalogue()[0], copied("transformers", name="download")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"_name_or_path": known.repository}))

    model = read_model(install(folder, "Mine"))

    assert (model.id, model.name, model.licence) == ("mine", "Mine", known.licence)


@pytest.mark.parametrize(
    ("name", "model_id"),
    [
        ("Größe & Glück", "grosse-gluck"),
        ("日本語", "musicgen"),
        ("../../etc", "etc"),
        ("x" * 300, "x" * 64),
        (" .Small. ", "small"),
    ],
)
def test_any_name_of_a_person_becomes_an_id(name, model_id, written):
    assert install(written("transformers", "small"), name) == model_id
    assert everything_in(models_folder())[0] == model_id


def test_a_name_that_no_folder_can_have_is_refused(written):
    with pytest.raises(UserInputError, match="“con” cannot be the id of a model"):
        install(written("transformers", "small"), "CON")

    assert everything_in(models_folder()) == []


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
def test_weights_keep_their_precision_and_folded_ones_are_float32(dtype, copied):
    folder = retyped(copied("transformers"), dtype)

    weights = load_weights(install(folder))

    assert {tensor.dtype for tensor in weights.decoder.values()} == {dtype}
    assert {tensor.dtype for tensor in weights.text.values()} == {dtype}
    assert weights.codec["decoder.layers.0.conv.weight"].dtype == torch.float32
    theirs = load_file(folder / "model.safetensors")
    assert torch.equal(weights.decoder["heads"][2], theirs["decoder.lm_heads.2.weight"])


def test_names_of_older_versions_are_understood(copied, written):
    folder = copied("transformers")
    file = folder / "model.safetensors"
    old = {
        name.replace("parametrizations.weight.original0", "weight_g")
        .replace("parametrizations.weight.original1", "weight_v")
        .replace("text_encoder.shared", "text_encoder.encoder.embed_tokens"): tensor
        for name, tensor in load_file(file).items()
    }
    save_file(old | {"decoder.model.decoder.embed_positions.weights": torch.zeros(3)}, file)

    hashes = read_model(install(folder, "old")).hashes

    assert hashes == read_model(install(written("transformers", "small"), "new")).hashes


@pytest.mark.parametrize("layout", ["transformers", "shards"])
def test_weights_that_torch_saved_are_the_same(layout, copied, written):
    folder = copied(layout)
    for file in folder.glob("*.safetensors"):
        name = file.name.replace("model", "pytorch_model").replace(".safetensors", ".bin")
        torch.save(load_file(file), folder / name)
        file.unlink()
    if layout == "shards":
        index = folder / "model.safetensors.index.json"
        said = index.read_text().replace('"model-', '"pytorch_model-').replace(".safetensors", ".bin")
        (folder / "pytorch_model.bin.index.json").write_text(said)
        index.unlink()

    hashes = read_model(install(folder, "pickled")).hashes

    assert hashes == read_model(install(written("transformers", "small"), "safe")).hashes


def test_a_codec_that_is_only_named_is_found_beside(copied, written):
    folder = copied("audiocraft")
    torch.save({"pretrained": "facebook/encodec_32khz"}, folder / "compression_state_dict.bin")
    with pytest.raises(UserInputError, match="only names its codec, facebook/encodec_32khz"):
        install(folder, "named")
    hub = written("transformers", "small")
    (folder / "encodec_32khz").mkdir()
    codec = {
        name.removeprefix("audio_encoder."): tensor
        for name, tensor in load_file(hub / "model.safetensors").items()
        if name.startswith("audio_encoder.")
    }
    save_file(codec, folder / "encodec_32khz" / "model.safetensors")
    config = json.loads((hub / "config.json").read_text())["audio_encoder"]
    (folder / "encodec_32khz" / "config.json").write_text(json.dumps(config))

    hashes = read_model(install(folder, "named")).hashes

    assert hashes == read_model(install(hub, "whole")).hashes


def test_settings_may_refer_to_other_settings(copied):
    folder = copied("audiocraft")
    file = folder / "compression_state_dict.bin"
    packed = torch.load(file, weights_only=True)
    settings = packed["xp.cfg"].replace("channels: 1\n", "channels: ${encodec.channels}\n")
    packed["xp.cfg"] = settings.replace(
        "encodec:\n", "encodec:\n  channels: 1\n  sample_rate: ${sample_rate}\n"
    )
    torch.save(packed, file)

    model = read_model(install(folder))

    assert model.shape.codec.channels == 1


def test_guidance_and_window_are_those_of_the_generation_settings(copied):
    folder = copied("transformers")
    said = {"guidance_scale": 4.0, "max_length": 1000, "do_sample": True}
    (folder / "generation_config.json").write_text(json.dumps(said))

    shape = read_model(install(folder)).shape

    assert (shape.guidance, shape.window_steps) == (4.0, 1000)


@pytest.mark.parametrize("inside", ["", "musicgen/", "a/b/"])
def test_a_zip_becomes_what_its_folder_becomes(inside, written, tmp_path):
    folder = written("transformers", "small")
    archive = zipped(folder, tmp_path / "zipped.zip", inside)

    model_id = install(archive)

    assert model_id == "zipped"
    assert read_model(model_id).hashes == read_model(install(folder, "folder")).hashes
    assert everything_in(models_folder())[0] == "folder"
    assert not list(models_folder().glob(".*"))


def test_a_zip_of_audiocraft_is_understood(written, tmp_path):
    archive = zipped(written("audiocraft", "melody"), tmp_path / "lab.zip", "lab/")

    assert load_weights(install(archive)).model.shape.decoder.chroma_bins == 12


def test_the_same_model_twice_is_said_to_be_there(written):
    said = []
    model_id = install(written("transformers", "small"), "mine")
    before = (model_folder(model_id) / "decoder.safetensors").stat().st_mtime_ns

    again = install(written("audiocraft", "small"), "mine", lambda _, stage: said.append(stage))

    assert again == model_id
    assert said[-1] == "“mine” is installed already"
    assert (model_folder(model_id) / "decoder.safetensors").stat().st_mtime_ns == before


@pytest.mark.parametrize("kind", ["small", "melody"])
def test_another_model_of_the_same_id_is_refused(kind, copied, written):
    install(written("transformers", "small"), "mine")
    before = everything_in(models_folder())
    other = copied("transformers", kind)
    tensors = load_file(other / "model.safetensors")
    tensors["decoder.lm_heads.0.weight"] += 1.0
    save_file(tensors, other / "model.safetensors")

    with pytest.raises(UserInputError, match="Another model is installed as “mine”"):
        install(other, "mine")

    assert everything_in(models_folder()) == before


def test_a_broken_model_in_the_way_is_told(written):
    model_folder("mine").mkdir(parents=True)

    with pytest.raises(UserInputError, match="broken model is in the way of “mine”"):
        install(written("transformers", "small"), "mine")


def test_progress_rises_to_the_end(written, tmp_path):
    told = []
    archive = zipped(written("transformers", "small"), tmp_path / "some.zip")

    install(archive, None, lambda done, _: told.append(done))

    assert told == sorted(told)
    assert (told[-1], len(told) > 50) == (1.0, True)


@pytest.mark.parametrize("after", [0, 1, 5, 60, 130])
def test_a_stopped_installation_leaves_nothing(after, written, tmp_path):
    stop, told = StopFlag(), []

    def report(done, _):
        told.append(done)
        if len(told) > after:
            stop.set()

    if not after:
        stop.set()
    with pytest.raises(Stopped):
        install(zipped(written("transformers", "small"), tmp_path / "some.zip"), None, report, stop)

    assert everything_in(models_folder()) == []


def test_what_a_killed_installation_left_goes_after_a_day(written):
    young, old = models_folder() / ".new-young", models_folder() / ".new-old"
    for folder in (young, old):
        folder.mkdir(parents=True)
        (folder / "decoder.safetensors").write_bytes(b"half")
    os.utime(old, (0, 0))

    install(written("transformers", "small"))

    assert young.is_dir()
    assert not old.exists()


def test_room_is_asked_for_before_anything_is_written(written, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(UserInputError, match=r"needs 0\.0 GB and the disk has 0\.0 GB free; make room"):
        install(written("transformers", "small"))

    assert everything_in(models_folder()) == []


def test_every_file_is_compared_with_its_hash(written):
    model_id = install(written("transformers", "small"))
    told = []

    check_hashes(model_id, lambda done, _: told.append(done), StopFlag())

    assert told[-1] == 1.0
    for name in read_model(model_id).hashes:
        file = model_folder(model_id) / name
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(UserInputError, match=f"{name} of “.*” is damaged"):
            check_hashes(model_id, no_report, StopFlag())
        file.write_bytes(data)


def test_comparing_can_be_stopped(written):
    model_id = install(written("transformers", "small"))
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        check_hashes(model_id, no_report, stop)


def test_loaded_weights_are_mapped_from_the_file_and_never_written_to_it(written):
    model_id = install(written("transformers", "small"))
    weights = load_weights(model_id)

    for tensors in (weights.decoder, weights.text, weights.codec):
        for tensor in tensors.values():
            tensor.zero_()

    check_hashes(model_id, no_report, StopFlag())
    assert weights.tokenizer == model_folder(model_id) / "tokenizer.json"


@pytest.mark.parametrize("name", ["decoder.safetensors", "text.safetensors", "codec.safetensors"])
def test_a_file_of_another_model_is_not_loaded(name, written):
    small = model_folder(install(written("transformers", "small"), "small"))
    other = "codec.safetensors" if name == "decoder.safetensors" else "decoder.safetensors"
    shutil.copy(small / other, small / name)

    with pytest.raises(UserInputError, match=f"{name} of “small” is not the one"):
        load_weights("small")


def test_a_cut_file_is_not_loaded(written):
    small = model_folder(install(written("transformers", "small"), "small"))
    data = (small / "codec.safetensors").read_bytes()
    (small / "codec.safetensors").write_bytes(data[:-4])

    with pytest.raises(UserInputError, match=r"codec\.safetensors is damaged or cut off"):
        load_weights("small")


def test_a_model_json_that_lists_no_files_is_told(written):
    small = model_folder(install(written("transformers", "small"), "small"))
    said = msgspec.json.decode((small / MODEL_JSON).read_bytes())
    (small / MODEL_JSON).write_bytes(msgspec.json.encode(said | {"hashes": {}}))
    (small / "text.safetensors").unlink()

    with pytest.raises(UserInputError, match=r"text\.safetensors of “small” cannot be read"):
        load_weights("small")


@pytest.mark.parametrize("given", ["repository", "snapshot"])
def test_a_model_in_the_hubs_cache_is_taken_from_there_though_it_is_links(given, copied, tmp_path):
    repository = tmp_path / "models--facebook--musicgen-small"
    snapshot = repository / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (repository / "blobs").mkdir()
    for number, file in enumerate(sorted(copied("transformers").iterdir())):
        file.rename(repository / "blobs" / str(number))
        (snapshot / file.name).symlink_to(f"../../blobs/{number}")

    model_id = install(repository if given == "repository" else snapshot)

    assert model_id == "musicgen-small"
    assert read_model(model_id).licence == "CC-BY-NC-4.0"


def test_a_link_out_of_the_hubs_cache_is_refused(copied, tmp_path):
    snapshot = tmp_path / "models--a--b" / "snapshots" / "1"
    snapshot.parent.mkdir(parents=True)
    copied("transformers").rename(snapshot)
    (snapshot / "config.json").rename(tmp_path / "elsewhere")
    (snapshot / "config.json").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UserInputError, match="link out of the model's folder"):
        install(snapshot)


def test_text_that_was_forgotten_is_read_again_from_its_file(copied):
    weights = load_weights(install(copied("transformers")))
    before = {name: tensor.clone() for name, tensor in weights.text.items()}

    forget_pages(weights.text)

    assert all(torch.equal(tensor, before[name]) for name, tensor in weights.text.items())
    assert any(tensor.abs().sum() > 0 for tensor in weights.text.values())
