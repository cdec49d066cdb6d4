"""The circuits of bench/circuits.py compute what they are named after."""

import math
import random
import sys

import pytest

import gaus
from conftest import SOURCE

sys.path.insert(0, str(SOURCE / "bench"))

import circuits  # noqa: E402


def run(kind, bits, inputs):
    """Outputs of a circuit for a list of input bits."""
    c = circuits.Circuit()
    outputs = circuits.KINDS[kind](c, bits)
    assert len(inputs) == c.inputs
    value = [0, *inputs]
    for a, b in c.ands:
        value.append((value[a >> 1] ^ a & 1) & (value[b >> 1] ^ b & 1))
    return [value[lit >> 1] ^ lit & 1 for lit in outputs]


def bits_of(x, count):
    return [x >> k & 1 for k in range(count)]


def number(digits):
    """The value of binary digits, the highest first."""
    return sum(b << k for k, b in enumerate(digits[::-1]))


def test_decoder():
    for x in range(16):
        assert run("decoder", 4, bits_of(x, 4)) == bits_of(1 << x, 16)


@pytest.mark.parametrize("bits", [3, 9, 31])
def test_voter(bits):
    random.seed(bits)
    for _ in range(50):
        x = [random.randint(0, 1) for _ in range(bits)]
        assert run("voter", bits, x) == [int(2 * sum(x) > bits)]


def test_arbiter():
    random.seed(1)
    for _ in range(100):
        request, at = [random.randint(0, 1) for _ in range(6)], random.randrange(6)
        pointer = bits_of(1 << at, 6)
        grants = [(at + k) % 6 for k in range(6) if request[(at + k) % 6]]
        wanted = bits_of(1 << grants[0] if grants else 0, 6)
        assert run("arbiter", 6, request + pointer) == wanted


def test_sqrt():
    for x in range(1 << 8):
        digits = run("sqrt", 8, bits_of(x, 8))
        assert number(digits) == math.isqrt(x)


def test_hypotenuse():
    for a in range(16):
        for b in range(16):
            digits = run("hypotenuse", 4, bits_of(a, 4) + bits_of(b, 4))
            assert number(digits) == math.isqrt(a * a + b * b)


def test_logarithm():
    """Whole digits are exact; those behind the point lose a little in each square."""
    for x in range(1, 1 << 8):
        digits = run("logarithm", 8, bits_of(x, 8))
        assert number(digits[:3]) == x.bit_length() - 1
        fraction = number(digits[3:]) / 256
        assert abs(fraction - (math.log2(x) - x.bit_length() + 1)) < 0.05


def test_written_as_aiger(tmp_path):
    path = tmp_path / "sqrt.aig"
    c = circuits.Circuit()
    nodes = c.save(path, circuits.sqrt(c, 8))
    assert len(gaus.read_aiger(str(path)).latency) == 8 + nodes


def test_control_is_seeded():
    first, second = circuits.Circuit(), circuits.Circuit()
    circuits.control(first, 300)
    circuits.control(second, 300)
    assert first.ands == second.ands and len(first.ands) >= 300
