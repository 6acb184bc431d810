"""The catalogue in resources/models is right, found by every name, and refused when it is not right."""

import pytest

from musicgen_desktop.foundation import UserInputError, resources_folder
from musicgen_desktop.generation.musicgen.library import (
    cache_bytes,
    catalogue,
    catalogue_named,
    loaded_bytes,
)
from musicgen_desktop.generation.musicgen.library._catalogue import read_catalogue_file
from musicgen_desktop.generation.musicgen.library._memory import (
    codec_parameters,
    decoder_parameters,
    text_parameters,
)

MEASURED_MB = {
    "int8": {501: 779, 1501: 943},
    "bf16": {501: 1301, 1501: 1458},
    "fp32": {501: 2212, 1501: 2597},
}

SMALL = resources_folder() / "models" / "musicgen-small.toml"


def test_every_file_is_right_and_no_two_share_an_id_or_a_place():
    models = catalogue()

    assert len(models) == len(list((resources_folder() / "models").glob("*.toml"))) >= 10
    assert len({model.position for model in models}) == len(models)
    assert models[0].id == "musicgen-small"


def test_what_the_published_weights_make_may_not_be_sold():
    assert all(model.licence == "CC-BY-NC-4.0" and not model.commercial_use for model in catalogue())


def test_melody_models_prepend_their_chroma_and_stereo_ones_have_two_channels():
    for model in catalogue():
        assert model.follows_melody == ("melody" in model.id) == (not model.decoder.cross_attention)
        assert (model.channels == 2) == ("stereo" in model.id)
        assert model.shape.window_steps == 1500


@pytest.mark.parametrize(
    "words", ["musicgen-small", "MusicGen Small", " musicgen_small ", "facebook/musicgen-small"]
)
def test_a_model_is_found_by_id_name_and_repository(words):
    assert catalogue_named(words).id == "musicgen-small"


def test_an_unknown_name_is_nothing():
    assert catalogue_named("musicgen-gigantic") is None


def test_the_numbers_of_the_small_model_are_the_published_591_million():
    shape = catalogue_named("musicgen-small").shape

    counted = decoder_parameters(shape.decoder) + text_parameters(shape.text) + codec_parameters(shape.codec)

    assert counted == pytest.approx(591e6, rel=0.01)


def test_downloads_are_as_large_as_their_numbers_in_half_or_single_precision():
    for model in catalogue():
        shape = model.shape
        numbers = decoder_parameters(shape.decoder) + text_parameters(shape.text)
        numbers += codec_parameters(shape.codec)
        assert min(abs(model.download_bytes / numbers - width) for width in (2, 4)) < 0.1, model.id


def test_memory_grows_with_precision_and_window():
    model = catalogue_named("musicgen-small")

    assert model.memory["int8"] < model.memory["bf16"] < model.memory["fp32"]
    # For both rows of the guidance, a position takes 0.104 MB in a byte and its share of the scales,
    assert cache_bytes(model.shape, precision="int8") == pytest.approx(0.1045e6 * 1500, rel=0.01)
    # and 0.197 MB in two bytes.
    assert cache_bytes(model.shape, precision="bf16") == pytest.approx(0.197e6 * 1500, rel=0.01)
    assert cache_bytes(model.shape, precision="fp32") == pytest.approx(2 * 0.197e6 * 1500, rel=0.01)


@pytest.mark.parametrize("precision", MEASURED_MB)
def test_what_a_small_model_takes_is_what_was_measured(precision):
    """Megabytes at the most during 10 and 30 s of music, by tests/measure/planned_memory.py."""
    shape = catalogue_named("musicgen-small").shape
    for steps, megabytes in MEASURED_MB[precision].items():
        planned = loaded_bytes(shape, precision) + cache_bytes(shape, steps, 17, precision)
        assert planned / 1e6 == pytest.approx(megabytes, rel=0.10)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("position = 10", "position = 10\nsha256 = 'x'"),
        ("download_bytes = 2_360_000_000", "download_bytes = -1"),
        ('"facebook/musicgen-small"', '"../../etc/passwd"'),
        ('"facebook/musicgen-small"', '"https://example.org/x"'),
        ("codebooks = 4", "codebooks = 8"),
        ('id = "musicgen-small"', 'id = "musicgen-tiny"'),
        ("commercial_use = false\n", ""),
        ("layers = 24", "layers = 24 #" + "x" * 20_000),
    ],
)
def test_a_file_that_is_not_right_is_refused(tmp_path, old, new):
    text = SMALL.read_text()
    assert old in text
    path = tmp_path / "musicgen-small.toml"
    path.write_text(text.replace(old, new))

    with pytest.raises(ValueError, match=r"\w"):
        read_catalogue_file(path)


def test_an_id_that_leads_elsewhere_is_refused(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(SMALL.read_text().replace('id = "musicgen-small"', 'id = "../x"'))

    with pytest.raises(UserInputError, match="cannot be the id"):
        read_catalogue_file(path)
