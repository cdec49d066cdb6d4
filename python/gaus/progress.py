"""What a search has reached, while it runs."""

from __future__ import annotations

import dataclasses
import os
import shutil
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

    def _what(self) -> str:
        reached = "no schedule yet" if self.cost is None else (
            f"{self.objective} {self.cost}, gap {100 * (self.gap or 0):.1f} %")
        return reached + (f" at II {self.ii}" if self.ii else "")

    def __str__(self) -> str:
        return (f"{self._what()}; {self.part} {self.begun}/{self.parts}, "
                f"{self.seconds:.0f} s")


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return type(shell).__name__ == "ZMQInteractiveShell"


def _shows_by_default(stream: TextIO) -> bool:
    if os.environ.get("TQDM_DISABLE", "0").lower() not in ("", "0", "false"):
        return False
    try:
        return stream.isatty() or _in_notebook()
    except (AttributeError, ValueError):
        return False


def _blocks(stream: TextIO) -> str:
    """From an empty cell of a bar to a full one, as far as the stream has them."""
    blocks = " ▏▎▍▌▋▊▉█"
    try:
        blocks.encode(getattr(stream, "encoding", None) or "ascii")
    except (LookupError, UnicodeEncodeError):
        return " #"
    return blocks


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:02d}:{rest:02d}"


def _bar(what: str, done: int, whole: int, said: str, columns: int,
         blocks: str) -> str:
    """As tqdm shows it, in `columns` characters: how much is done, and what is said of
    the time and the work."""
    share = min(1.0, done / whole) if whole else 0.0
    left = f"{what}: {100 * share:3.0f}%|"
    right = f"| {done}/{whole} [{said}]"
    cells = min(40, max(0, columns - len(left) - len(right)))
    full, rest = divmod(int(share * cells * (len(blocks) - 1)), len(blocks) - 1)
    bar = blocks[-1] * full + (blocks[rest] if full < cells else "")
    return (left + bar.ljust(cells) + right)[:columns]


class _Line:
    """A bar that is written over ten times a second at most, and gone at the end. What
    is over in half a second shows nothing."""

    def __init__(self, stream: TextIO, after: float = 0.5) -> None:
        self.stream, self.next, self.width = stream, time.monotonic() + after, 0
        self.blocks = _blocks(stream)

    def show(self, what: str, done: int, whole: int, said: str) -> None:
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + 0.1
        # A full line would go on in the next one.
        columns = shutil.get_terminal_size().columns - 1
        text = _bar(what, done, whole, said, max(1, columns), self.blocks)
        self._write("\r" + text.ljust(self.width))
        self.width = len(text)

    def close(self) -> None:
        if self.width:
            self._write("\r" + " " * self.width + "\r")

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
            self.line.show(reached._what(), reached.begun, reached.parts,
                           f"{_clock(reached.seconds)}, {reached.part}")
        return self.callback is not None and bool(self.callback(reached))

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
