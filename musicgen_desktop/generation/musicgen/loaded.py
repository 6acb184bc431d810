"""Models in memory: loaded when they are wanted, as many as fit; the one unused for longest leaves first."""

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

from musicgen_desktop.foundation import Report, StopFlag, Stopped, UserInputError

from ._made import made_maker
from .library import SPARE_BYTES, ModelFile, installed_models, read_model
from .runtime.choose import PathChoice, is_measured, path_choices, quickest_first
from .runtime.memory import free_bytes, is_out_of_memory, memory_of
from .runtime.reserve import Reservations, taken_bytes
from .runtime.threads import use_all_threads
from .takes import Maker

_GB = 1e9
_LOOK_S = 0.02  # between two looks at whether the user wants to stop


@dataclass(eq=False)
class LoadedModel:
    """A model that is ready.

    Attributes:
        detail: how it decodes, for a person: “native int8, AVX-512 VNNI, 2 threads”.
        choice: how it decodes, and where.
    """

    model: ModelFile
    maker: Maker
    detail: str
    choice: PathChoice
    users: int = 0
    used_at: float = field(default_factory=time.monotonic)

    @property
    def memory_bytes(self) -> int:
        """What it takes while no take is made, by its sizes."""
        return self.choice.loaded_bytes(self.model.shape)


class LoadedModels:
    """Any thread may call any method.

    Args:
        free: tells how many bytes of a device may still be taken.
        taken: tells how many this process holds.
    """

    def __init__(
        self, free: Callable[[str], int] = free_bytes, taken: Callable[[str], int] = taken_bytes
    ) -> None:
        self._memory = Reservations(free, taken)
        self._lock = threading.Lock()
        # One at a time: each counts on the memory that it sees.
        self._loader = ThreadPoolExecutor(1, "load model", use_all_threads)
        self._models: dict[str, LoadedModel] = {}

    def sizes(self) -> dict[str, int]:
        """The bytes that each model takes."""
        with self._lock:
            return {name: one.memory_bytes for name, one in self._models.items()}

    @contextmanager
    def in_use(self, model_id: str, report: Report, stop: StopFlag) -> Iterator[LoadedModel]:
        """A model that does not leave while it is used; it is loaded if it is not there.

        Args:
            model_id: of an installed model.
            report: told how far loading is.
            stop: ends the waiting at once; what is being loaded may then still come, and stays.

        Raises:
            UserInputError: when it is not installed, or there is not enough memory; the sentence says which
                choice would fit.
            Stopped: when `stop` was set.
        """
        self._unload_replaced(model_id)
        loaded = self._taken(model_id) or self._loaded_beside(model_id, report, stop)
        try:
            yield loaded
        finally:
            with self._lock:
                loaded.users -= 1
                loaded.used_at = time.monotonic()

    @contextmanager
    def room_for_takes(self, loaded: LoadedModel, takes: int, steps: int, text: int) -> Iterator[None]:
        """Reserve memory for so many takes at once that hear so many steps and states of text.

        Models that nobody uses leave for it. It is given back at the end, whatever that is.

        Raises:
            UserInputError: with the number that fits.
        """
        device, each = loaded.choice.device, loaded.choice.take_bytes(loaded.model.shape, steps, text)
        with self._reserved(device, takes * each) as fits:
            if fits:
                yield
                return
        free = max(0, self._memory.free(device))
        fitting = int(free // each)
        mend = f"make {fitting} at once" if fitting else "close other programs"
        if self._is_busy:
            mend += ", or wait until other takes are done"
        what = f"{takes} takes at once need" if takes > 1 else "A take needs"
        raise UserInputError(
            f"{what} about {takes * each / _GB:.1f} GB of memory and {free / _GB:.1f} GB are free; {mend}."
        )

    @contextmanager
    def _reserved(self, device: str, size: int) -> Iterator[bool]:
        """Reserve memory, for which models that nobody uses leave."""
        while True:
            with self._memory.reserved(device, size) as fits:
                if fits or not self._leave_longest_unused(device):
                    yield fits
                    return

    def unload(self, model_id: str) -> None:
        """Give a model's memory back.

        Raises:
            UserInputError: when it is used.
        """
        with self._lock:
            loaded = self._models.get(model_id)
            if loaded is not None and loaded.users:
                raise UserInputError(
                    f"“{loaded.model.name}” makes a take; stop it, or wait until it is done."
                )
        self._drop(model_id)

    def _drop(self, model_id: str) -> None:
        """What is made with it fails."""
        with self._lock:
            loaded = self._models.pop(model_id, None)
        if loaded is not None:
            self._release(loaded)

    def _unload_replaced(self, model_id: str) -> None:
        """Let go of a model whose folder was removed meanwhile, or is another one's now.

        Raises:
            UserInputError: when it is not installed any more.
        """
        try:
            model = read_model(model_id)
        except UserInputError:
            self._drop(model_id)
            raise
        with self._lock:
            loaded = self._models.get(model_id)
        if loaded is not None and loaded.model != model:
            self._drop(model_id)

    def _taken(self, model_id: str) -> LoadedModel | None:
        with self._lock:
            loaded = self._models.get(model_id)
            if loaded is not None:
                loaded.users += 1
            return loaded

    def _loaded_beside(self, model_id: str, report: Report, stop: StopFlag) -> LoadedModel:
        """Load on the loader's thread, whose long parts nothing can interrupt, and look at `stop` here."""

        def told(done: float, stage: str) -> None:
            if not stop.is_set:
                report(done, stage)

        loading = self._loader.submit(self._load, model_id, told, stop)
        while not wait((loading,), timeout=_LOOK_S).done:
            if stop.is_set:
                loading.add_done_callback(self._nobody_waits)
                raise Stopped
        return loading.result()

    def _nobody_waits(self, loading: "Future[LoadedModel]") -> None:
        if not loading.cancelled() and loading.exception() is None:
            with self._lock:
                loading.result().users -= 1

    def _load(self, model_id: str, report: Report, stop: StopFlag) -> LoadedModel:
        stop.raise_if_set()
        if (there := self._taken(model_id)) is not None:  # loaded for somebody else meanwhile
            return there
        model = read_model(model_id)
        report(0.0, "Choosing how to decode")
        while True:
            choice = self._choice(model)
            stop.raise_if_set()
            with self._reserved(choice.device, _needed(model, choice)) as fits:
                if fits:  # unless a take was begun meanwhile
                    loaded = self._made(model, choice, report, stop)
                    break
        with self._lock:
            self._models[model_id] = loaded
        report(1.0, f"{model.name} is ready")
        return loaded

    def _made(self, model: ModelFile, choice: PathChoice, report: Report, stop: StopFlag) -> LoadedModel:
        report(0.2, f"Loading {model.name}")
        try:
            maker, detail = made_maker(model, choice, report, stop, is_quiet=self._is_quiet)
        except Exception as error:
            if is_out_of_memory(error):
                raise self._too_large(model, choice) from error
            raise
        loaded = LoadedModel(model, maker, detail, choice, users=1)
        self._memory.stays(choice.device, loaded.memory_bytes)
        return loaded

    def _choice(self, model: ModelFile) -> PathChoice:
        """The fastest path that fits, once those that are not used have left as far as needed."""
        choices = path_choices()
        possible = [one for one in choices if _needed(model, one) <= self._could_be_free(one.device)]
        for one in possible:
            if not is_measured(model.shape.decoder, one):  # a slice of it is made for that
                self._make_room(one.device, _needed(model, one))
        for one in quickest_first(model.shape.decoder, possible, is_quiet=self._is_quiet):
            if self._make_room(one.device, _needed(model, one)):
                return one
        raise self._too_large(model, min(choices, key=lambda one: _needed(model, one)))

    def _could_be_free(self, device: str) -> int:
        """Once all that nobody uses has left."""
        with self._lock:
            unused = sum(one.memory_bytes for one in self._unused(device))
        return self._memory.free(device) + unused

    def _make_room(self, device: str, needed: int) -> bool:
        """Let those leave that nobody uses, until there is so much."""
        while self._memory.free(device) < needed:
            if not self._leave_longest_unused(device):
                return False
        return True

    def _leave_longest_unused(self, device: str) -> bool:
        """One that lies in the same memory."""
        with self._lock:
            unused = self._unused(device)
            leaving = min(unused, key=lambda one: one.used_at) if unused else None
            if leaving is not None:
                del self._models[leaving.model.id]
        if leaving is not None:
            self._release(leaving)
        return leaving is not None

    def _unused(self, device: str) -> list[LoadedModel]:
        memory = memory_of(device)
        return [
            one for one in self._models.values() if not one.users and memory_of(one.choice.device) == memory
        ]

    @property
    def _is_busy(self) -> bool:
        """Takes are made."""
        with self._lock:
            return any(one.users for one in self._models.values())

    def _is_quiet(self) -> bool:
        """Neither takes nor other programs keep the processor busy: what is measured now holds later too."""
        return not self._is_busy and psutil.getloadavg()[0] <= (os.cpu_count() or 1)

    def _release(self, loaded: LoadedModel) -> None:
        loaded.maker.loop.close()
        gc.collect()
        self._memory.stays(loaded.choice.device, -loaded.memory_bytes)

    def _too_large(self, model: ModelFile, choice: PathChoice) -> UserInputError:
        free, needed = self._memory.free(choice.device), _needed(model, choice)
        text = (
            f"“{model.name}” needs about {needed / _GB:.1f} GB of memory"
            f" and {max(0, free) / _GB:.1f} GB are free"
        )
        device = memory_of(choice.device)
        choices = [one for one in path_choices() if memory_of(one.device) == device]
        smaller = _largest_that_fits(installed_models(), choices, free, needed)
        if smaller is None:
            return UserInputError(f"{text}; close other programs.")
        return UserInputError(f"{text}; choose “{smaller.name}”, which fits, or close other programs.")


def _needed(model: ModelFile, choice: PathChoice) -> int:
    """What is free before it is loaded: for one take of a whole window."""
    return choice.loaded_bytes(model.shape) + choice.take_bytes(model.shape) + SPARE_BYTES


def _largest_that_fits(
    models: Sequence[ModelFile], choices: Sequence[PathChoice], room: int, below: int
) -> ModelFile | None:
    sizes = [(min(_needed(one, choice) for choice in choices), one.id, one) for one in models]
    fitting = [each for each in sizes if each[0] <= room and each[0] < below]
    return max(fitting)[2] if fitting else None
