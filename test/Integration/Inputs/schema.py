"""Checks a document against share/gaus/report/report.schema.json: the words of JSON
Schema that it uses, and an error for any other."""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "share/gaus/report/report.schema.json").read_text())
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool,
         "integer": int, "number": (int, float)}


def check(value, schema=SCHEMA, at="report"):
    known = {"$schema", "$defs", "title", "description", "$ref", "type", "required",
             "additionalProperties", "properties", "items", "const", "enum", "minimum"}
    assert schema.keys() <= known, schema.keys() - known
    if "$ref" in schema:
        check(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], at)
    if "type" in schema:
        fits = isinstance(value, TYPES[schema["type"]])
        assert fits and isinstance(value, bool) == (schema["type"] == "boolean"), at
    assert "const" not in schema or value == schema["const"], at
    assert "enum" not in schema or value in schema["enum"], at
    assert "minimum" not in schema or value >= schema["minimum"], at
    if isinstance(value, list) and "items" in schema:
        for k, entry in enumerate(value):
            check(entry, schema["items"], f"{at}[{k}]")
    if not isinstance(value, dict):
        return
    missing = set(schema.get("required", [])) - value.keys()
    assert not missing, f"{at}: without {missing}"
    others = schema.get("additionalProperties", True)
    for key, entry in value.items():
        if key in schema.get("properties", {}):
            check(entry, schema["properties"][key], f"{at}.{key}")
        elif isinstance(others, dict):
            check(entry, others, f"{at}.{key}")
        else:
            assert others, f"{at}: what is {key}?"
