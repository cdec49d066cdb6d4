"""What is wrong, as values and as exceptions."""

from __future__ import annotations

import functools


class Error(ValueError):
    """What is wrong, where, and what would help.

    code: the constraint of docs/spec.md ("Dep", "Lat", "Win", "Res", "Live", "Chain"),
    or "input", "option", "io", "backend", "memory", "stop". node: index of the node at fault, or
    -1. line: of a text input, or 0. notes: list of str.
    """

    def __init__(self, code, message, node=-1, line=0, notes=()):
        super().__init__("\n".join([f"[{code}] {message}",
                                    *(f"  note: {n}" for n in notes)]))
        self.code, self.message = code, message
        self.node, self.line, self.notes = node, line, list(notes)


class Violation:
    """A constraint that a schedule breaks."""

    def __init__(self, code, message, node, line, notes):
        self.code, self.message, self.node = code, message, node
        self.notes = notes

    def __repr__(self):
        return f"[{self.code}] {self.message}"


def _unwrap(pair):
    value, error = pair
    if error is not None:
        raise Error(**error)
    return value


def _checked(function):
    """What Python or numpy cannot do with an argument is a gaus.Error, too."""
    @functools.wraps(function)
    def checked(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Error:
            raise
        except (TypeError, ValueError, AttributeError, LookupError,
                ArithmeticError) as error:
            name = function.__qualname__.removesuffix(".__init__")
            raise Error("input", f"{name}: {error}") from error
    return checked
