"""Models that are wrong, cut, mixed up or made to do harm: one sentence, and nothing else happens."""

import json
import os
import pickle
import stat
import struct
import zipfile

import pytest
import torch
from safetensors.torch import load_file, save_file

from musicgen_desktop.foundation import StopFlag, UserInputError, no_report
from musicgen_desktop.generation.musicgen.library import models_folder
from musicgen_desktop.generation.musicgen.weights import install_model
from tests.fakes.tiny_musicgen import write_transformers


def refused(source):
    """The sentence; nothing was left behind."""
    with pytest.raises(UserInputError) as caught:
        install_model(source, None, no_report, StopFlag())
    assert not models_folder().exists() or not list(models_folder().iterdir())
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def change_config(folder, change, file="config.json"):
    config = json.loads((folder / file).read_text())
    change(config)
    (folder / file).write_text(json.dumps(config))


def change_tensors(folder, change):
    file = folder / "model.safetensors"
    tensors = load_file(file)
    change(tensors)
    save_file(tensors, file)


def change_packed(folder, change, file="state_dict.bin"):
    packed = torch.load(folder / file, weights_only=True)
    change(packed)
    torch.save(packed, folder / file)


def change_header(folder, change):
    file = folder / "model.safetensors"
    data = file.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    change(header)
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + data[8 + length :])


class TestWhatIsNoModel:
    def test_nothing(self, tmp_path):
        assert "“nothing” is not there" in refused(tmp_path / "nothing")

    def test_an_empty_folder(self, tmp_path):
        assert "holds no MusicGen model; choose a folder with config.json" in refused(tmp_path)

    def test_some_file(self, tmp_path):
        (tmp_path / "song.wav").write_bytes(b"RIFF" * 1000)

        assert "“song.wav” is damaged or no plain zip" in refused(tmp_path / "song.wav")

    def test_another_kind_of_model(self, copied):
        folder = copied("transformers")
        change_config(folder, lambda config: config.update(model_type="llama\n\x1b[31m"))

        assert "model of the kind “llama??[31m”; choose a MusicGen" in refused(folder)

    @pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
    def test_a_lost_file(self, name, copied):
        folder = copied("transformers")
        (folder / name).unlink()

        sentence = refused(folder)

        assert name in sentence

    @pytest.mark.parametrize("name", ["state_dict.bin", "compression_state_dict.bin"])
    def test_a_lost_file_of_audiocraft(self, name, copied):
        folder = copied("audiocraft")
        (folder / name).unlink()

        assert name in refused(folder)

    def test_audiocraft_without_its_text_encoder(self, copied):
        folder = copied("audiocraft")
        (folder / "t5").rename(folder / "elsewhere")

        assert "put the folder of t5-base" in refused(folder)

    def test_weights_under_a_name_of_the_other_format(self, copied):
        folder = copied("transformers")
        (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

        assert "pytorch_model.bin is damaged" in refused(folder)


class TestWhatIsMixedUp:
    def test_the_configuration_of_another_size(self, copied):
        folder = copied("transformers")
        change_config(folder, lambda config: config["decoder"].update(hidden_size=48, ffn_dim=192))

        assert "is 65 × 32 and its configuration says 65 × 48; its files belong to diff" in refused(folder)

    def test_the_weights_of_another_kind(self, copied, written):
        folder = copied("transformers", "melody")
        (folder / "model.safetensors").write_bytes(
            (written("transformers", "small") / "model.safetensors").read_bytes()
        )

        assert "lacks audio_enc_to_dec_proj.weight" in refused(folder)

    def test_the_configuration_of_another_kind(self, copied, written):
        folder = copied("transformers", "melody")
        (folder / "config.json").write_text((written("transformers", "small") / "config.json").read_text())

        assert "encoder_attn" in refused(folder)

    def test_decoder_and_codec_in_each_others_place(self, copied):
        folder = copied("audiocraft")
        (folder / "state_dict.bin").rename(folder / "moved")
        (folder / "compression_state_dict.bin").rename(folder / "state_dict.bin")
        (folder / "moved").rename(folder / "compression_state_dict.bin")

        assert "state_dict.bin is no decoder of a MusicGen; if it is compression" in refused(folder)

    def test_the_decoder_twice(self, copied):
        folder = copied("audiocraft")
        (folder / "compression_state_dict.bin").write_bytes((folder / "state_dict.bin").read_bytes())

        assert "compression_state_dict.bin is a decoder, not a codec" in refused(folder)

    def test_a_shard_of_another_model(self, copied):
        folder = copied("shards")
        shard = min(folder.glob("model-*.safetensors"))
        save_file({"other": torch.zeros(2)}, shard)

        assert "which its index promises" in refused(folder)

    def test_a_tokenizer_with_more_words_than_the_text_encoder(self, copied):
        folder = copied("transformers")
        change_config(folder, lambda config: config["model"]["vocab"].update(zither=40), "tokenizer.json")

        assert "tokenizer.json belongs to another text encoder" in refused(folder)

    def test_a_style_model(self, copied):
        folder = copied("audiocraft", "melody")
        name = "condition_provider.conditioners.self_wav.rvq.layers.0.weight"
        change_packed(folder, lambda packed: packed["best_state"].update({name: torch.zeros(2, 2)}))

        assert "style of a sound (musicgen-style)" in refused(folder)

    def test_a_style_model_that_its_settings_tell(self, copied):
        folder = copied("audiocraft", "melody")
        style = "conditioners:\n  self_wav:\n    model: style\n"
        change_packed(folder, lambda packed: packed.update({"xp.cfg": packed["xp.cfg"] + style}))

        assert "style of a sound (musicgen-style)" in refused(folder)

    def test_a_text_encoder_that_was_trained_further(self, copied):
        folder, name = copied("audiocraft"), "condition_provider.conditioners.description.t5.shared.weight"
        change_packed(folder, lambda packed: packed["best_state"].update({name: torch.zeros(40, 16)}))

        assert "computes unlike a MusicGen" in refused(folder)

    @pytest.mark.parametrize(("part", "kind"), [("text_encoder", "bert"), ("audio_encoder", "dac")])
    def test_a_part_of_another_kind(self, part, kind, copied):
        folder = copied("transformers")
        change_config(folder, lambda config: config[part].update(model_type=kind))

        assert "choose a" in refused(folder)

    @pytest.mark.parametrize(
        ("said", "instead"),
        [
            ("modeling: delay", "modeling: parallel"),
            ("cross: [description]", "sum: [description]"),
            ("  card: 64", "  card: 64\n  positional_embedding: rope"),
            ("sample_rate: 32000\n", "sample_rate: 32000\nlm_model: transformer_lm_magnet\n"),
        ],
    )
    def test_a_decoder_that_computes_otherwise(self, said, instead, copied):
        folder = copied("audiocraft")
        change_packed(
            folder, lambda packed: packed.update({"xp.cfg": packed["xp.cfg"].replace(said, instead)})
        )

        assert "computes unlike a MusicGen" in refused(folder)


class TestWhatIsDamaged:
    @pytest.mark.parametrize("kept", [0, 4, 8, 100, 5_000, -1])
    @pytest.mark.parametrize(
        ("layout", "name"), [("transformers", "model.safetensors"), ("audiocraft", "state_dict.bin")]
    )
    def test_a_cut_file(self, layout, name, kept, copied):
        file = copied(layout) / name
        file.write_bytes(file.read_bytes()[:kept])

        assert f"{name} is damaged or cut off" in refused(file.parent)

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
    @pytest.mark.parametrize(
        "name",
        [
            "decoder.lm_heads.3.weight",
            "text_encoder.shared.weight",
            "audio_encoder.decoder.layers.0.conv.bias",
        ],
    )
    def test_values_that_are_no_numbers(self, name, value, copied):
        folder = copied("transformers")
        change_tensors(folder, lambda tensors: tensors[name].view(-1)[-1:].fill_(value))

        assert "holds values that are no numbers" in refused(folder)

    def test_a_direction_of_no_length(self, copied):
        folder, name = copied("transformers"), "parametrizations.weight.original1"
        name = f"audio_encoder.encoder.layers.0.conv.{name}"
        change_tensors(folder, lambda tensors: tensors[name].zero_())

        assert "holds values that are no numbers" in refused(folder)

    @pytest.mark.parametrize(
        "dtype", [torch.float64, torch.int8, torch.int64, torch.bool, torch.float8_e4m3fn]
    )
    def test_weights_of_another_type(self, dtype, copied):
        folder, name = copied("transformers"), "decoder.model.decoder.layers.1.fc1.weight"
        change_tensors(folder, lambda tensors: tensors.update({name: tensors[name].to(dtype)}))

        assert "fc1.weight is of a type that weights cannot have; use a checkpoint in float32" in refused(
            folder
        )

    def test_weights_of_another_type_in_audiocraft(self, copied):
        folder = copied("audiocraft")
        change_packed(
            folder, lambda packed: packed["best_state"].update({"emb.1.weight": torch.zeros(65, 32).int()})
        )

        assert "of a type that weights cannot have" in refused(folder)

    @pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"model_type": 1}', "\ud800"])
    @pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "generation_config.json"])
    def test_texts(self, name, text, copied):
        file = copied("transformers") / name
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        if name == "generation_config.json" and text.startswith('{"'):
            install_model(file.parent, None, no_report, StopFlag())  # nothing in it is needed
            return

        assert name in refused(file.parent)


class TestWhatIsTooMuch:
    @pytest.mark.parametrize(
        ("part", "name", "value"),
        [
            ("decoder", "num_hidden_layers", 10**9),
            ("decoder", "num_hidden_layers", 0),
            ("decoder", "num_hidden_layers", -1),
            ("decoder", "hidden_size", 10**12),
            ("decoder", "hidden_size", 2**70),
            ("decoder", "num_codebooks", 10**9),
            ("decoder", "num_codebooks", -4),
            ("decoder", "vocab_size", 10**9),
            ("decoder", "num_attention_heads", 0),
            ("decoder", "num_attention_heads", 5),
            ("decoder", "audio_channels", 0),
            ("decoder", "audio_channels", 3),
            ("audio_encoder", "num_filters", 10**9),
            ("audio_encoder", "upsampling_ratios", [0]),
            ("audio_encoder", "upsampling_ratios", [2] * 500),
            ("audio_encoder", "upsampling_ratios", [32] * 8),
            ("audio_encoder", "codebook_size", 63),
            ("audio_encoder", "num_lstm_layers", 10**6),
            ("audio_encoder", "num_residual_layers", 10**6),
            ("audio_encoder", "compress", 0),
            ("audio_encoder", "sampling_rate", 0),
            ("audio_encoder", "norm_type", "none"),
            ("audio_encoder", "pad_mode", "circular"),
            ("audio_encoder", "chunk_length_s", 1.0),
            ("audio_encoder", "audio_channels", 2),
            ("text_encoder", "num_layers", 10**9),
            ("text_encoder", "d_model", 10**9),
            ("text_encoder", "d_model", 17),
            ("text_encoder", "feed_forward_proj", "silu"),
            ("text_encoder", "relative_attention_num_buckets", 0),
            ("text_encoder", "vocab_size", 10**12),
        ],
    )
    def test_a_configuration_beyond_its_limits(self, part, name, value, copied):
        folder = copied("transformers")
        change_config(folder, lambda config: config[part].update({name: value}))

        sentence = refused(folder)

        assert "configuration" in sentence or "EnCodec" in sentence or "config.json" in sentence

    def test_a_header_that_is_as_long_as_memory(self, copied):
        folder = copied("transformers")
        file = folder / "model.safetensors"
        file.write_bytes(struct.pack("<Q", 2**62) + file.read_bytes()[8:])

        assert "model.safetensors is damaged or cut off" in refused(folder)

    def test_a_header_of_a_hundred_megabytes(self, copied):
        folder = copied("transformers")
        with (folder / "model.safetensors").open("wb") as file:
            file.write(struct.pack("<Q", 100 << 20))
            file.truncate(200 << 20)  # a sparse file: it takes no room

        assert "model.safetensors is larger than any MusicGen's" in refused(folder)

    def test_more_tensors_than_any_model(self, copied):
        folder = copied("transformers")
        many = {f"t{i}": torch.zeros(1) for i in range(20_001)}
        save_file(many, folder / "model.safetensors")

        assert "holds 20001 tensors" in refused(folder)

    @pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "generation_config.json"])
    def test_a_text_as_large_as_a_disk(self, name, copied):
        folder = copied("transformers")
        with (folder / name).open("wb") as file:
            file.truncate(64 << 30)

        assert f"{name} is larger than any model's" in refused(folder)

    def test_tensors_that_overlap_or_end_outside(self, copied):
        folder = copied("transformers")

        def stretch(header):
            name = "decoder.lm_heads.0.weight"
            header[name].update(shape=[10**6, 10**6], data_offsets=[0, 4 * 10**12])

        change_header(folder, stretch)

        assert "model.safetensors is damaged" in refused(folder)

    def test_one_value_that_stands_for_many(self, copied):
        folder = copied("audiocraft")
        wide = torch.zeros(1).expand(1 << 40)
        change_packed(folder, lambda packed: packed["best_state"].update({"emb.0.weight": wide}))

        assert "state_dict.bin holds no model's weights" in refused(folder)


class TestSettings:
    def settled(self, folder, settings):
        change_packed(folder, lambda packed: packed.update({"xp.cfg": settings}))
        return refused(folder)

    def test_aliases_that_stand_for_an_endless_text(self, copied):
        laughs = "a: &a [x, x]\n" + "".join(
            f"{after}: &{after} [*{before}, *{before}]\n"
            for before, after in zip("abcdefghij", "bcdefghijk", strict=True)
        )

        assert "settings inside state_dict.bin are damaged" in self.settled(copied("audiocraft"), laughs)

    def test_code_in_yaml(self, copied, tmp_path):
        bomb = f"a: !!python/object/apply:os.system ['touch {tmp_path}/hit']\n"

        assert "settings inside state_dict.bin" in self.settled(copied("audiocraft"), bomb)
        assert not (tmp_path / "hit").exists()

    @pytest.mark.parametrize(
        "settings",
        [
            None,
            5,
            "",
            "- 1",
            "[" * 5_000,
            "a: ${b}\nb: ${a}",
            "sample_rate: " + "9" * 5_000,
            "? [1]\n: 2",
            "x" * 2_000_000,
            "transformer_lm: {dim: a}",
            "d: 2001-99-99",
        ],
    )
    def test_settings_that_are_none(self, settings, copied):
        assert "settings inside state_dict.bin" in self.settled(copied("audiocraft"), settings)


class _Bomb:
    def __init__(self, call, *arguments):
        self.call, self.arguments = call, arguments

    def __reduce__(self):
        return self.call, self.arguments


class TestPickles:
    def spoiled(self, folder, value, protocol=2):
        """Only the pickle inside torch's archive is another."""
        file = folder / "state_dict.bin"
        with zipfile.ZipFile(file) as archive:
            entries = {entry: archive.read(entry) for entry in archive.infolist()}
        with zipfile.ZipFile(file, "w") as archive:
            for entry, data in entries.items():
                is_pickle = entry.filename.endswith("data.pkl")
                archive.writestr(entry.filename, pickle.dumps(value, protocol) if is_pickle else data)
        return folder

    @pytest.mark.parametrize("protocol", [2, 4, 5])
    @pytest.mark.parametrize("as_archive", [True, False])
    def test_a_pickle_that_would_make_a_file_makes_none(self, protocol, as_archive, copied, tmp_path):
        folder, hit = copied("audiocraft"), tmp_path / "hit"
        bomb = {"best_state": _Bomb(open, str(hit), "w"), "xp.cfg": ""}
        if as_archive:
            self.spoiled(folder, bomb, protocol)
        else:
            (folder / "state_dict.bin").write_bytes(pickle.dumps(bomb, protocol))

        sentence = refused(folder)

        assert "holds program code" in sentence or "damaged" in sentence
        assert not hit.exists()
        with (tmp_path / "live.pkl").open("wb") as file:  # the bomb was a real one
            pickle.dump(bomb, file, protocol)
        pickle.loads((tmp_path / "live.pkl").read_bytes())["best_state"].close()  # noqa: S301
        assert hit.exists()

    def test_the_same_in_the_codec(self, copied, tmp_path):
        folder, hit = copied("audiocraft"), tmp_path / "hit"
        torch.save({"pretrained": _Bomb(open, str(hit), "w")}, folder / "compression_state_dict.bin")

        assert "compression_state_dict.bin holds program code" in refused(folder)
        assert not hit.exists()

    def test_a_pickle_that_would_take_all_memory(self, copied):
        """On torch's own list of harmless names."""
        bomb = {"best_state": _Bomb(bytearray, 1 << 44), "xp.cfg": ""}

        assert "holds program code" in refused(self.spoiled(copied("audiocraft"), bomb))

    def test_a_packed_archive(self, copied):
        folder = copied("audiocraft")
        file = folder / "state_dict.bin"
        with zipfile.ZipFile(file) as archive:
            entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in entries.items():
                archive.writestr(name, data)

        assert "state_dict.bin is damaged" in refused(folder)

    @pytest.mark.parametrize("value", [[], 5, {"best_state": 7}, {"best_state": {"a": 1}}, {1: 2}])
    def test_values_that_are_no_model(self, value, copied):
        folder = copied("audiocraft")
        torch.save(value, folder / "state_dict.bin")

        assert "state_dict.bin" in refused(folder)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
class TestWaysOut:
    @pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
    def test_a_link_out_of_the_folder(self, name, copied, tmp_path):
        folder = copied("transformers")
        (folder / name).rename(tmp_path / "secret")
        (folder / name).symlink_to(tmp_path / "secret")

        assert f"{name} is a link out of the model's folder" in refused(folder)

    @pytest.mark.parametrize("name", ["t5", "encodec_32khz"])
    def test_a_linked_folder(self, name, copied, tmp_path):
        folder = copied("audiocraft")
        if name == "t5":
            (folder / name).rename(tmp_path / "secret")
        else:
            (tmp_path / "secret").mkdir()
            torch.save({"pretrained": "x"}, folder / "compression_state_dict.bin")
        (folder / name).symlink_to(tmp_path / "secret")

        assert f"{name} is a link out of the model's folder" in refused(folder)

    def test_a_link_to_itself(self, copied):
        folder = copied("transformers")
        (folder / "config.json").unlink()
        (folder / "config.json").symlink_to("config.json")

        assert "config.json" in refused(folder)

    def test_a_pipe_in_place_of_a_file(self, copied):
        folder = copied("transformers")
        (folder / "tokenizer.json").unlink()
        os.mkfifo(folder / "tokenizer.json")

        assert "tokenizer.json is no file" in refused(folder)

    @pytest.mark.parametrize(
        "place", ["../copy.safetensors", "/etc/passwd", "a/../../x", "C:x", "a\\b", "", "a\n"]
    )
    def test_an_index_that_leads_out(self, place, copied):
        folder = copied("shards")

        def lead_out(index):
            index["weight_map"]["decoder.lm_heads.0.weight"] = place

        change_config(folder, lead_out, "model.safetensors.index.json")

        assert "which no model does" in refused(folder)

    def test_an_index_of_endless_files(self, copied):
        folder = copied("shards")
        change_config(
            folder,
            lambda index: index.update(weight_map={f"t{i}": f"f{i}" for i in range(101)}),
            "model.safetensors.index.json",
        )

        assert "is in 101 files" in refused(folder)


class TestZips:
    def made(self, into, *entries, packed=zipfile.ZIP_DEFLATED):
        file = into / "some.zip"
        with zipfile.ZipFile(file, "w", packed) as archive:
            for name, data in entries:
                archive.writestr(name, data)
        return file

    def test_a_zip_without_a_model(self, tmp_path):
        assert "holds no MusicGen model" in refused(self.made(tmp_path, ("a/b.txt", "x")))

    def test_a_bomb(self, tmp_path):
        bomb = self.made(tmp_path, ("config.json", bytes(64 << 20)))

        assert "far more than its size allows" in refused(bomb)

    def test_a_zip_that_says_it_is_endless(self, tmp_path):
        file = self.made(tmp_path, ("config.json", b"x" * 100), packed=zipfile.ZIP_STORED)
        data = bytearray(file.read_bytes())
        at = data.rindex(b"PK\x01\x02")
        data[at + 24 : at + 28] = b"\xf0\xff\xff\xff"
        file.write_bytes(data)

        assert "unpacks to 4.3 GB, far more" in refused(file)

    def test_too_many_entries(self, tmp_path):
        many = self.made(tmp_path, *((f"f{i}", b"") for i in range(1_001)))

        assert "unpacks to more than any model has" in refused(many)

    @pytest.mark.parametrize(
        "name",
        ["../config.json", "/config.json", "a/../../x", "..\\x", "C:\\x", "a/b/c/d/e/f/g", "a:b", "a\x1fb"],
    )
    def test_a_name_that_leads_out(self, name, tmp_path):
        assert "so nothing was unpacked" in refused(self.made(tmp_path, (name, "x")))
        assert sorted(path.name for path in tmp_path.iterdir()) == ["some.zip"]

    def test_a_link(self, tmp_path):
        link = zipfile.ZipInfo("config.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16

        assert "so nothing was unpacked" in refused(self.made(tmp_path, (link, "/etc/passwd")))

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    @pytest.mark.parametrize("second", ["config.json", "CONFIG.json"])
    def test_a_name_twice(self, second, tmp_path):
        twice = self.made(tmp_path, ("config.json", "x"), (second, "y"))

        assert "is damaged or no plain zip" in refused(twice)

    @pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_other_ways_to_pack(self, packed, tmp_path):
        assert "so nothing was unpacked" in refused(self.made(tmp_path, ("config.json", "x"), packed=packed))

    @pytest.mark.parametrize("kept", [10, 200, -30])
    def test_a_cut_zip(self, kept, tmp_path):
        file = self.made(tmp_path, ("config.json", os.urandom(500)))
        file.write_bytes(file.read_bytes()[:kept])

        assert "is damaged or no plain zip" in refused(file)

    def test_a_name_under_a_file(self, tmp_path):
        assert "could not be unpacked" in refused(
            self.made(tmp_path, ("config.json", "x"), ("config.json/a", "y"))
        )


def test_an_installed_model_stays_when_a_broken_one_has_its_name(tmp_path):
    folder = write_transformers(tmp_path / "mine", "small")
    install_model(folder, None, no_report, StopFlag())
    before = {path: path.read_bytes() for path in models_folder().rglob("*") if path.is_file()}
    (folder / "model.safetensors").write_bytes(b"x" * 100)

    with pytest.raises(UserInputError):
        install_model(folder, None, no_report, StopFlag())

    assert {path: path.read_bytes() for path in models_folder().rglob("*") if path.is_file()} == before
