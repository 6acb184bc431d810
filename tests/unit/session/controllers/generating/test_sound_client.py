"""What the handle of the sound process knows without a process."""

from musicgen_desktop.session.controllers.generating import SoundClient
from tests.fakes import model_folders


def test_our_models_are_listed_without_a_process():
    model_folders.install("mine", name="Mine")
    client = SoundClient(["/there/is/no/such/program"])

    (model,) = client.models("musicgen")

    assert (model.id, model.name, model.rate, model.commercial_use) == ("mine", "Mine", 32_000, False)
    assert client.pid is None
