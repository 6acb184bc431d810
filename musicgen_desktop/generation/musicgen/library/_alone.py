"""One at a time gets, installs or removes a model, in whichever process."""

from collections.abc import Iterator
from contextlib import contextmanager

from musicgen_desktop.foundation import UserInputError, user_cache_folder


@contextmanager
def alone_with(model_id: str) -> Iterator[None]:
    """Two that write the same files would spoil them for each other. The system ends it with the process.

    Args:
        model_id: of the model.

    Raises:
        UserInputError: when somebody is at it.
        OSError: when the disk refuses.
    """
    try:
        from filelock import FileLock, Timeout  # noqa: PLC0415 - it comes with what gets and installs
    except ModuleNotFoundError:
        yield
        return
    place = user_cache_folder() / "downloads"
    place.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place / f"{model_id}.lock", blocking=False):
            yield
    except Timeout as error:
        raise UserInputError(
            f"“{model_id}” is being downloaded or installed already; stop that, or wait until it is done."
        ) from error
