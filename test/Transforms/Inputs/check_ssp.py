"""Checks that the instances in SSP text are solved problems.

    check_ssp.py FILE [--like PROBLEM]

Reads the custom text, one operation a line, and applies what CIRCT's scheduling
problems check and verify, kind by kind; shares nothing with GauS. Prints a line
an instance. With --like, the instances must also be those of PROBLEM but for
the solution: names, kinds, libraries, order, dependences, properties.
"""

import re
import struct
import sys

KINDS = {  # cyclic, chaining, limits
    "Problem": (False, False, False),
    "CyclicProblem": (True, False, False),
    "ChainingProblem": (False, True, False),
    "SharedOperatorsProblem": (False, False, True),
    "SharedResourcesProblem": (False, False, True),
    "ModuloProblem": (True, False, True),
    "ChainingCyclicProblem": (True, True, False),
}
SYMBOL = r'@(?:[\w$.-]+|"[^"]*")'
REF = rf"{SYMBOL}(?:::{SYMBOL})*"
LIST = r"\[(?:[^\[\]]|\[[^\]]*\])*\]"
SOLUTION = ("t", "z", "II")


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def properties(text):
    """{'latency': 3, ...}; what is no short form stands under its text."""
    found = {}
    for part in re.findall(r"(?:[^,<\[]|<[^>]*>|\[[^\]]*\])+", text or ""):
        part = part.strip()
        short = re.fullmatch(r"(\w+)<([^:>]+)(?: : \w+)?>", part)
        if short and short[1] in ("incDelay", "outDelay", "z"):
            found[short[1]] = single(float(short[2]))
        elif short:
            found[short[1]] = int(short[2])
        else:
            found[part] = None
    return found


def inner(text):
    return text[1:-1] if text else ""


def parse_operation(line):
    head = re.match(
        rf"\s*(?:(?P<res>%\w+)(?::(?P<n>\d+))? = )?(?:ssp\.)?operation"
        rf"<(?P<type>{REF})?>\s*(?P<name>{SYMBOL})?\((?P<deps>.*?)\)"
        rf"(?: uses\[(?P<uses>[^\]]*)\])?\s*(?P<props>{LIST})?\s*"
        rf"(?P<attrs>\{{.*\}})?$", line)
    assert head, f"not an operation: {line}"
    deps = [(source, int(number or 0), properties(inner(props)))
            for source, number, props in re.findall(
                rf"(%\w+|{SYMBOL})(?:#(\d+))?\s*({LIST})?", head["deps"])]
    return {"value": head["res"], "results": int(head["n"] or 1)
            if head["res"] else 0, "type": head["type"], "name": head["name"],
            "deps": deps, "uses": re.findall(REF, head["uses"] or ""),
            "props": properties(inner(head["props"])),
            "attrs": head["attrs"]}


def parse(path):
    """[instance], and the types of libraries that stand alone, by reference."""
    instances, alone, stack = [], {}, []
    for line in open(path):
        line = re.sub(r"\s*//.*", "", line).rstrip()
        head = re.match(rf'\s*(?:ssp\.)?(instance|library|resource|graph|module)'
                        rf'\s*({SYMBOL})?(?: of "(\w+)")?\s*({LIST})?\s*\{{(\}})?',
                        line)
        if head:
            stack.append((head[1], head[2]))
            if head[1] == "instance":
                instances.append({"name": head[2], "kind": head[3],
                                  "props": properties(inner(head[4])),
                                  "types": {}, "rsrcs": {}, "ops": [],
                                  "libraries": [None, None]})
            elif len(stack) > 1 and stack[-2][0] == "instance":
                if head[1] in ("library", "resource"):
                    instances[-1]["libraries"][head[1] != "library"] = head[2]
            if head[5]:
                stack.pop()
            continue
        if re.match(r"\s*\}", line):
            kind, _ = stack.pop() if stack else (None, None)
            if kind == "instance":
                instances[-1]["attrs"] = line.strip()[1:].strip()
            continue
        row = re.match(rf"\s*(operator_type|resource_type) ({SYMBOL})"
                       rf"\s*({LIST})?", line)
        if row and len(stack) > 1 and stack[-2][0] == "instance":
            where = "types" if row[1] == "operator_type" else "rsrcs"
            instances[-1][where][row[2]] = properties(inner(row[3]))
        elif row:
            path_ = "::".join(n for _, n in stack if n)
            alone[f"{path_}::{row[2]}"] = properties(inner(row[3]))
        elif line.endswith("{"):
            stack.append(("other", None))
        elif stack and stack[-1][0] == "graph" and line.strip():
            instances[-1]["ops"].append(parse_operation(line))
    return instances, alone


def lookup(inst, alone, ref, where):
    if "::" not in ref:
        return inst[where][ref]
    own = inst["libraries"][where != "types"]
    for path in (f"{own}::", f"{inst['name']}::{own}::"):
        if ref.startswith(path) and ref.removeprefix(path) in inst[where]:
            return inst[where][ref.removeprefix(path)]
    return alone[ref]


def edges(inst):
    """(source, user, distance, auxiliary)"""
    ops = inst["ops"]
    byname = {op["name"]: i for i, op in enumerate(ops) if op["name"]}
    byvalue = {op["value"]: i for i, op in enumerate(ops) if op["value"]}
    for j, op in enumerate(ops):
        for source, _, props in op["deps"]:
            aux = source.startswith("@")
            i = byname[source] if aux else byvalue[source]
            yield i, j, props.get("dist", 0), aux


def check(inst, alone):
    cyclic, chaining, limits = KINDS[inst["kind"]]
    ops = inst["ops"]
    types = [lookup(inst, alone, op["type"], "types") for op in ops]
    lat = [type_["latency"] for type_ in types]
    t = [op["props"]["t"] for op in ops]
    ii = inst["props"].get("II") if cyclic else 0
    assert ii is not None and (ii > 0 or not cyclic), "II"
    for i, j, dist, aux in edges(inst):
        dist = dist if cyclic else 0
        assert t[i] + lat[i] <= t[j] + dist * ii, f"precedence {i} -> {j}"
        assert not (chaining and dist and not aux), "distance on an operand"
    if chaining:
        for type_ in list(inst["types"].values()) + types:
            assert min(type_["incDelay"], type_["outDelay"]) >= 0
            assert type_["latency"] or type_["incDelay"] == type_["outDelay"]
        z = [op["props"]["z"] for op in ops]
        assert all(x >= 0 for x in z)
        for i, j, dist, aux in edges(inst):
            if not aux and t[i] + lat[i] == t[j]:
                begin = z[i] if lat[i] == 0 else 0.0
                assert single(begin + types[i]["outDelay"]) <= z[j], "z"
    if limits:
        busy = {}
        for op, type_, start, l in zip(ops, types, t, lat):
            used = {ref: lookup(inst, alone, ref, "rsrcs")
                    for ref in op["uses"]}
            used["type " + op["type"]] = type_
            for key, row in used.items():
                if "limit" not in row:
                    continue
                assert l > 0, "limit and latency 0"
                slot = key, start % ii if ii else start
                busy[slot] = busy.get(slot, 0) + 1
                assert busy[slot] <= row["limit"], f"{slot} oversubscribed"


def problem(inst):
    """What must stay."""
    def rest(props):
        return {k: v for k, v in props.items() if k not in SOLUTION}
    values = {op["value"]: k for k, op in enumerate(inst["ops"])}
    ops = [{**op, "props": rest(op["props"]), "value": None,
            "deps": [(values.get(s, s), *d) for s, *d in op["deps"]]}
           for op in inst["ops"]]
    return {**inst, "props": rest(inst["props"]), "ops": ops,
            "types": list(inst["types"].items()),
            "rsrcs": list(inst["rsrcs"].items())}


def main():
    instances, alone = parse(sys.argv[1])
    assert instances, "no instance"
    for inst in instances:
        check(inst, alone)
        print(f"{inst['name']} {inst['kind']}: {len(inst['ops'])} operations ok")
    if sys.argv[2:3] == ["--like"]:
        before, others = parse(sys.argv[3])
        assert others == alone, "libraries differ"
        assert len(before) == len(instances)
        for old, new in zip(before, instances):
            old, new = problem(old), problem(new)
            for key in old:
                assert old[key] == new[key], (
                    f"{new['name']}: {key}: {old[key]} became {new[key]}")


if __name__ == "__main__":
    main()
