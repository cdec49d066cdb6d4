#!/usr/bin/env python3
"""The page of a JSON schema: a table for each of its objects.

    utils/schema-page.py SCHEMA.json PAGE.md
"""

import json
import pathlib
import sys


class Page:
    """Objects that are named in `$defs` have a heading; those within others, too."""

    def __init__(self, schema):
        self.schema, self.out, self.inner = schema, [], []

    def kind(self, value, name):
        """What a value is, in words; an object within goes to a table of its own."""
        if "$ref" in value:
            other = value["$ref"].rsplit("/", 1)[1]
            meant = self.schema["$defs"][other]
            if "properties" in meant:
                return f"[{other}](#{other})"
            if "properties" in meant.get("items", {}):
                return f"array of [{other}](#{other})"
            return self.kind(meant, other)
        if "const" in value:
            return f"`{json.dumps(value['const'])}`"
        if "enum" in value:
            return ", ".join(f"`{json.dumps(v)}`" for v in value["enum"])
        if value.get("type") == "array":
            return f"array of {self.kind(value['items'], name)}"
        if "properties" in value:
            self.inner.append((name, value))
            return f"[{name}](#{name})"
        if isinstance(value.get("additionalProperties"), dict):
            return f"object, each value: {self.kind(value['additionalProperties'], name)}"
        if "minimum" in value:
            return f"{value['type']} >= {value['minimum']}"
        return value["type"]

    def meaning(self, value):
        if "description" in value or "$ref" not in value:
            return value.get("description", "")
        return self.meaning(self.schema["$defs"][value["$ref"].rsplit("/", 1)[1]])

    def table(self, name, value):
        self.out += ["", f"## {name}"]
        if "description" in value:
            self.out += ["", value["description"][0].upper() + value["description"][1:] + "."]
        self.out += ["", "| key | always there | what | meaning |", "|---|---|---|---|"]
        for key, of in value["properties"].items():
            always = "yes" if key in value.get("required", []) else ""
            self.out.append(f"| `{key}` | {always} | {self.kind(of, key)} "
                            f"| {self.meaning(of)} |")
        while self.inner:
            self.table(*self.inner.pop(0))

    def text(self):
        self.out = ["# The JSON report", "",
                    "Written by `utils/schema-page.py` from",
                    "[report.schema.json](../../share/gaus/report/report.schema.json), which the tests hold",
                    f"against reports: `{self.schema['title']}`. Keys are sorted; nodes and scopes are",
                    "named by their index. What is measured in cycles, bits and units is in",
                    "[spec.md](../spec.md)."]
        self.table("report", self.schema)
        for name, value in self.schema["$defs"].items():
            # An array of objects is named after what it holds.
            value = value.get("items", value)
            if "properties" in value:
                self.table(name, value)
        return "\n".join(self.out) + "\n"


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    schema, page = map(pathlib.Path, sys.argv[1:])
    page.write_text(Page(json.loads(schema.read_text())).text())


if __name__ == "__main__":
    main()
