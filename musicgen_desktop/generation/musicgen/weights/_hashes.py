"""Whether an installed model's files are still what was installed."""

import hashlib

from musicgen_desktop.foundation import Report, StopFlag, UserInputError
from musicgen_desktop.generation.musicgen.library import model_folder, read_model

_PIECE = 4 << 20


def check_hashes(model_id: str, report: Report, stop: StopFlag) -> None:
    """Read every file of an installed model and compare its SHA-256.

    Args:
        model_id: of the model.
        report: told the share done.
        stop: asked between pieces of 4 MiB.

    Raises:
        UserInputError: when it is not installed, or a file is damaged; the sentence names the file.
        Stopped: when `stop` was set.
    """
    model, folder = read_model(model_id), model_folder(model_id)
    try:
        total = sum((folder / name).stat().st_size for name in model.hashes)
        done = 0
        for name, expected in model.hashes.items():
            digest = hashlib.sha256()
            with (folder / name).open("rb") as stream:
                while piece := stream.read(_PIECE):
                    stop.raise_if_set()
                    digest.update(piece)
                    done += len(piece)
                    report(min(1.0, done / max(1, total)), f"Checking {name}")
            if digest.hexdigest() != expected:
                raise UserInputError(
                    f"{name} of “{model.name}” is damaged; remove the model and install it again."
                )
    except OSError as error:
        raise UserInputError(
            f"The files of “{model.name}” cannot be read ({error.strerror}); remove the model and install "
            "it again."
        ) from error
