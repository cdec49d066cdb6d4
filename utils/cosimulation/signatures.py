"""What functions of a C file take and give, as clang understands it."""

import dataclasses
import json
import re
import subprocess

CLANG = "clang-22"
SCALARS = {"_Bool": ("u", 1), "char": ("i", 1), "signed char": ("i", 1),
           "unsigned char": ("u", 1), "short": ("i", 2), "unsigned short": ("u", 2),
           "int": ("i", 4), "unsigned int": ("u", 4), "unsigned": ("u", 4),
           "long": ("i", 8), "unsigned long": ("u", 8), "long long": ("i", 8),
           "unsigned long long": ("u", 8), "float": ("f", 4), "double": ("f", 8)}


class Unknown(Exception):
    """A type that has no counterpart in hardware."""


@dataclasses.dataclass
class Parameter:
    """`fields` are (offset, kind, bytes) of a value, or of an element of what a
    pointer points to; kinds are "i", "u" and "f"."""
    name: str
    type: str
    is_memory: bool
    fields: list
    bytes: int
    count: int = 0  # elements of a memory; 0 = any number


@dataclasses.dataclass
class Function:
    name: str
    parameters: list
    result: str  # "void" for none


def layout(text, records):
    """(fields, bytes, alignment) of a type that is no pointer."""
    text = text.strip()
    array = re.fullmatch(r"(.*?)\s*((?:\[\d+\])+)", text)
    if array:
        fields, size, alignment = layout(array[1], records)
        count = 1
        for extent in re.findall(r"\d+", array[2]):
            count *= int(extent)
        return ([(k * size + at, kind, n) for k in range(count)
                 for at, kind, n in fields], count * size, alignment)
    if text in SCALARS:
        kind, size = SCALARS[text]
        return [(0, kind, size)], size, size
    name = text.removeprefix("struct ")
    if name not in records:
        raise Unknown(text)
    at, widest, all_fields = 0, 1, []
    for field in records[name]:
        fields, size, alignment = layout(field, records)
        at += -at % alignment
        all_fields += [(at + offset, kind, n) for offset, kind, n in fields]
        at += size
        widest = max(widest, alignment)
    return all_fields, at + -at % widest, widest


def spelled(type_node, names=()):
    text = type_node.get("desugaredQualType", type_node["qualType"])
    text = re.sub(r"\b\w+\b", lambda word: dict(names).get(word[0], word[0]), text)
    return re.sub(r"\s+", " ", re.sub(r"\b(const|volatile|restrict)\b", "",
                                      text)).strip()


def parameter(node, records, names, number):
    text = spelled(node["type"], names)
    name = node.get("name", f"p{number}")
    to_array = re.fullmatch(r"(.*?)\(\s*\*\s*\)\s*((?:\[\d+\])+)", text)
    if to_array:
        fields, size, _ = layout(to_array[1] + to_array[2], records)
        return Parameter(name, text, True, fields, size)
    if text.endswith("*"):
        fields, size, _ = layout(text[:-1], records)
        return Parameter(name, text, True, fields, size)
    fields, size, _ = layout(text, records)
    if len(fields) != 1:
        raise Unknown(text)
    return Parameter(name, text, False, fields, size)


def functions(path, flags):
    """The functions that the file defines; of one with a type that is not known a
    string says which."""
    done = subprocess.run([CLANG, *flags, "-Xclang", "-ast-dump=json",
                           "-fsyntax-only", path], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    tree = json.loads(done.stdout)["inner"]
    records = {}
    found = {}
    names = {}
    for node in tree:
        inner = node.get("inner", [])
        if node["kind"] == "TypedefDecl":
            names[node["name"]] = spelled(node["type"], names.items())
            # A structure without a name goes by that of its first typedef.
            if names[node["name"]] == f"struct {node['name']}" and None in records:
                records.setdefault(node["name"], records.pop(None))
        if node["kind"] == "RecordDecl" and node.get("completeDefinition"):
            records[node.get("name")] = [spelled(f["type"], names.items()) for f in inner
                                         if f["kind"] == "FieldDecl"]
        if node["kind"] != "FunctionDecl" or node.get("storageClass") == "static" \
                or not any(i["kind"] == "CompoundStmt" for i in inner):
            continue
        try:
            taken = [parameter(p, records, names.items(), k) for k, p in enumerate(
                i for i in inner if i["kind"] == "ParmVarDecl")]
            result = re.sub(r"\s*\(.*", "", spelled(node["type"],
                                                       names.items()))
            if result != "void":
                layout(result, records)
            found[node["name"]] = Function(node["name"], taken, result)
        except Unknown as type_name:
            found[node["name"]] = str(type_name)
    return found
