"""What a search has reached, while it runs."""

from __future__ import annotations

import dataclasses
import sys
import time
from typing import Any, TextIO


@dataclasses.dataclass(frozen=True)
class Progress:
    """Where a search is, and its best schedule so far.

    seconds: since it began. objective, ii, length: of the search at work; one for an
    II or a length consists of several. part: what is at work ("construct",
    "learning", "descent", "polish", ...), number `begun` of at most `parts`.
    bound: no schedule costs less. cost: of the best schedule, None before the first.
    """

    seconds: float
    objective: str
    ii: int
    length: int
    part: str
    begun: int
    parts: int
    bound: int
    cost: int | None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None before the first schedule."""
        if self.cost is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0

    def __str__(self) -> str:
        reached = "no schedule yet" if self.cost is None else (
            f"{self.objective} {self.cost}, gap {100 * (self.gap or 0):.1f} %")
        where = f" at II {self.ii}" if self.ii else ""
        return (f"{reached}{where}; {self.part} {self.begun}/{self.parts}, "
                f"{self.seconds:.0f} s")


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return type(shell).__name__ == "ZMQInteractiveShell"


def _shows_by_default(stream: TextIO) -> bool:
    try:
        return stream.isatty() or _in_notebook()
    except (AttributeError, ValueError):
        return False


class _Line:
    """A line that is written over, and gone at the end. What is over in half a
    second shows nothing."""

    WIDTH = 72

    def __init__(self, stream: TextIO, after: float = 0.5) -> None:
        self.stream, self.next, self.shown = stream, time.monotonic() + after, False

    def show(self, text: str) -> None:
        now = time.monotonic()
        if now < self.next:
            return
        self.next, self.shown = now + 0.1, True
        self._write("\r" + text[:self.WIDTH].ljust(self.WIDTH))

    def close(self) -> None:
        if self.shown:
            self._write("\r" + " " * self.WIDTH + "\r")

    def _write(self, text: str) -> None:
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self.next = float("inf")  # nobody looks any more


class _Watch:
    """The callback of the native half: the line, and the caller's function."""

    def __init__(self, callback: Any, progress: bool | None) -> None:
        shows = _shows_by_default(sys.stderr) if progress is None else progress
        self.line = _Line(sys.stderr) if shows else None
        self.callback = callback

    @property
    def wanted(self) -> bool:
        return self.line is not None or self.callback is not None

    def __call__(self, facts: dict[str, Any]) -> bool:
        reached = Progress(**facts)
        if self.line is not None:
            self.line.show(str(reached))
        return self.callback is not None and bool(self.callback(reached))

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
