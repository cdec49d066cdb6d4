"""What is wrong, as values and as exceptions."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

_F = TypeVar("_F", bound=Callable[..., Any])


class Error(ValueError):
    """What is wrong, where, and what would help.

    code: the constraint of docs/spec.md ("Dep", "Lat", "Win", "Res", "Live", "Chain"),
    or "input", "option", "io", "backend", "memory", "stop". node: index of the node at
    fault, or -1. line: of a text input, or 0. notes: list of str.
    """

    def __init__(self, code: str, message: str, node: int = -1, line: int = 0,
                 notes: Sequence[str] = ()) -> None:
        super().__init__("\n".join([f"[{code}] {message}",
                                    *(f"  note: {n}" for n in notes)]))
        self.code, self.message = code, message
        self.node, self.line, self.notes = node, line, list(notes)

    def __reduce__(self) -> tuple[Any, ...]:
        return Error, (self.code, self.message, self.node, self.line, self.notes)


@dataclasses.dataclass(frozen=True)
class Violation:
    """A constraint that a schedule breaks: its name in docs/spec.md, a sentence, the
    node at fault (-1: none), and notes."""

    code: str
    message: str
    node: int = -1
    line: int = 0
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}"


def _unwrap(pair: tuple[Any, dict[str, Any] | None]) -> Any:
    value, error = pair
    if error is not None:
        raise Error(**error)
    return value


def _checked(function: _F) -> _F:
    """What Python or numpy cannot do with an argument is a gaus.Error, too."""
    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except Error:
            raise
        except (TypeError, ValueError, AttributeError, LookupError,
                ArithmeticError) as error:
            name = function.__qualname__.removesuffix(".__init__")
            raise Error("input", f"{name}: {error}") from error
    return cast(_F, checked)


def _extra(module: str, extra: str) -> Any:
    """An optional package, or the sentence that says how to get it."""
    import importlib
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.split(".")[0]
        raise Error("io", f"this needs {name}: pip install 'gaus[{extra}]'"
                    ) from error
