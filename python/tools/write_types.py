"""Writes `presscheck/_types.py` and `presscheck/_facts_types.py`: a dataclass for every object of the answers, from their JSON Schemas.

    python python/tools/write_types.py            # writes
    python python/tools/write_types.py --check    # fails where a file is stale
"""

from __future__ import annotations

import json
import keyword
import sys
import textwrap
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent.parent / "presscheck"
# The answers of each file, and what their whole is called. Facts have names that reports use for something shorter.
FILES: dict[str, dict[str, str | None]] = {
    "_types.py": {"report": "ReportData", "codes": None, "cover": None, "spine": None},
    "_facts_types.py": {"facts": "Document"},
}
HEAD = '''"""What answers hold, from their JSON Schemas. Written by tools/write_types.py: change the schemas, not this file."""

# fmt: off
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

'''


def extension() -> Any:
    """The module behind the package, by itself: the package cannot be imported before its types are there."""
    (file,) = [*PACKAGE.glob("_presscheck*.so"), *PACKAGE.glob("_presscheck*.pyd")]
    loader = ExtensionFileLoader("presscheck._presscheck", str(file))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def name_of(reference: str) -> str:
    return reference.rsplit("/", 1)[1]


class Writer:
    """Collects definitions, those that others need first."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}
        self.written: dict[str, str] = {}

    def add(self, name: str) -> None:
        if name in self.written:
            return
        self.written[name] = ""
        schema = self.definitions[name]
        if "properties" in schema:
            self.written[name] = self.record(name, schema)
        else:
            self.written[name] = f"{name} = {self.type_of(schema)}\n{docstring(schema, '')}"
        # Python wants what a definition is made from above it.
        self.written[name] = self.written.pop(name)

    def type_of(self, schema: dict[str, Any]) -> str:
        if "$ref" in schema:
            name = name_of(schema["$ref"])
            self.add(name)
            return name
        if "enum" in schema:
            return f"Literal[{', '.join(repr(word) for word in schema['enum'])}]"
        if "const" in schema:
            return f"Literal[{schema['const']!r}]"
        for key in ("oneOf", "anyOf"):
            if key in schema:
                parts = [self.type_of(part) for part in schema[key]]
                words = [part[len("Literal[") : -1] for part in parts if part.startswith("Literal[")]
                others = [part for part in parts if not part.startswith("Literal[")]
                return " | ".join(([f"Literal[{', '.join(words)}]"] if words else []) + others)
        kinds = schema.get("type", "object")
        kinds = [kinds] if isinstance(kinds, str) else kinds
        return " | ".join(self.kind(kind, schema) for kind in kinds)

    def kind(self, kind: str, schema: dict[str, Any]) -> str:
        match kind:
            case "array" if "prefixItems" in schema:
                return f"tuple[{', '.join(self.type_of(item) for item in schema['prefixItems'])}]"
            case "array":
                item = self.type_of(schema.get("items", {}))
                count = schema.get("maxItems")
                if count is not None and count == schema.get("minItems"):
                    return f"tuple[{', '.join([item] * count)}]"
                return f"list[{item}]"
            case "object":
                return "dict[str, Any]"
            case _:
                return {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}[kind]

    def record(self, name: str, schema: dict[str, Any]) -> str:
        required = set(schema.get("required", []))
        fields: list[str] = []
        values: list[str] = []
        # Fields with a default come last.
        for key in sorted(schema["properties"], key=lambda key: (key not in required, key)):
            prop = schema["properties"][key]
            kind = self.type_of(prop)
            field = key + "_" if keyword.iskeyword(key) else key
            optional = key not in required
            if optional and "None" not in kind.split(" | "):
                kind += " | None"
            fields.append(f"    {field}: {kind}{' = None' if optional else ''}\n{docstring(prop, '    ')}")
            value = f"of.get({key!r})" if optional else f"of[{key!r}]"
            values.append(f"            {field}={self.read(prop, value, optional)},\n")
        return (
            f"@dataclass(frozen=True)\nclass {name}:\n{docstring(schema, '    ')}\n"
            + "".join(fields)
            + f"\n    @classmethod\n    def from_dict(cls, of: dict[str, Any]) -> {name}:\n        \"\"\"From its JSON.\"\"\"\n        return cls(\n"
            + "".join(values)
            + "        )\n"
        )

    def read(self, schema: dict[str, Any], value: str, optional: bool) -> str:
        """The expression that makes a field from its JSON."""
        made = self.made(schema, "one")
        if made == "one":
            return value
        made = self.made(schema, value.replace(".get(", "[").replace(")", "]") if optional else value)
        return f"None if {value} is None else {made}" if optional or self.may_be_none(schema) else made

    def may_be_none(self, schema: dict[str, Any]) -> bool:
        parts = schema.get("anyOf", []) + schema.get("oneOf", [])
        return "null" in schema.get("type", []) or any(part.get("type") == "null" for part in parts)

    def made(self, schema: dict[str, Any], value: str) -> str:
        if "$ref" in schema:
            target = self.definitions[name_of(schema["$ref"])]
            if "properties" in target:
                return f"{name_of(schema['$ref'])}.from_dict({value})"
            return self.made(target, value)
        for part in schema.get("anyOf", []):
            if part.get("type") != "null":
                return self.made(part, value)
        if "array" in schema.get("type", []):
            if "prefixItems" in schema or (schema.get("maxItems") is not None and schema.get("maxItems") == schema.get("minItems")):
                return f"tuple({value})"
            item = self.made(schema.get("items", {}), "item")
            return value if item == "item" else f"[{item} for item in {value}]"
        return value


def docstring(schema: dict[str, Any], indent: str) -> str:
    text = " ".join(schema.get("description", "").split())
    if not text:
        return ""
    lines = textwrap.wrap(text.replace("\\", "\\\\"), 104 - len(indent))
    if len(lines) == 1:
        return f'{indent}"""{lines[0]}"""\n'
    return f'{indent}"""' + ("\n" + indent).join(lines) + f'\n{indent}"""\n'


def written(answers: dict[str, str | None], before: dict[str, str]) -> str:
    """The text of a file. What another file has is taken from there; what is new is added to it."""
    writer = Writer()
    presscheck = extension()
    for answer, whole in answers.items():
        schema = json.loads(presscheck.schema(answer))
        writer.definitions.update(schema.get("$defs", {}))
        if "properties" in schema:
            name = whole or schema["title"]
            writer.definitions[name] = schema
            writer.add(name)
        for part in schema.get("anyOf", []):
            if "$ref" in part:
                writer.add(name_of(part["$ref"]))
    names = "".join(f"    {name!r},\n" for name in sorted(writer.written))
    shared = sorted(name for name, text in writer.written.items() if before.get(name) == text)
    own = [text for name, text in writer.written.items() if name not in shared]
    before.update(writer.written)
    taken = "".join(f"    {name},\n" for name in shared)
    imports = f"from presscheck._types import (\n{taken})\n\n" if shared else ""
    return HEAD + imports + "\n\n".join(own) + f"\n\n__all__ = [\n{names}]\n"


if __name__ == "__main__":
    known: dict[str, str] = {}
    for file, answers in FILES.items():
        text = written(answers, known)
        if "--check" not in sys.argv:
            (PACKAGE / file).write_text(text)
        elif (PACKAGE / file).read_text() != text:
            sys.exit(f"python/presscheck/{file} is stale: run python python/tools/write_types.py")
