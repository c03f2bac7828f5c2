"""Tables to fill in: an empty table with the mapping beside it, for lists that teams keep.

Each template is a mapping file of this folder; its `[columns]` are the columns of the table and what goes into them.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from graph.errors import InputError
from loaders.mapping import nearest, parse_mapping
from loaders.workbook_writing import workbook

__all__ = ["Template", "template", "templates", "write"]

Kind = Literal["csv", "xlsx"]

_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,99}")


@dataclass(frozen=True, slots=True)
class Template:
    """A table to fill in: its name, what it is for, its columns with what goes into each, and the mapping file as it is written."""

    name: str
    purpose: str
    columns: dict[str, str]
    mapping: str

    def table(self, kind: Kind) -> bytes:
        """The empty table: CSV with a byte order mark, by which office programs know Chinese, or a workbook with a second
        sheet on what goes into each column.
        """
        if kind == "xlsx":
            guide = [("column", "what it takes"), *self.columns.items()]
            return workbook({self.name: [tuple(self.columns)], "columns": guide})
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerow(self.columns)
        return text.getvalue().encode("utf-8-sig")


def templates() -> tuple[Template, ...]:
    """All templates, by name."""
    found = sorted((f for f in files("loaders.templates").iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_template(Path(f.name).stem, f.read_text("utf-8")) for f in found)


def template(name: str) -> Template:
    """The template of that name. Raises `InputError` with the names that there are."""
    known = {each.name: each for each in templates()}
    if name in known:
        return known[name]
    near = nearest(name, known)
    hint = f" (did you mean {near!r}?)" if near else ""
    raise InputError(f"there is no template {name[:40]!r}{hint}; there are {', '.join(known)}", field="name")


def write(chosen: Template, folder: Path, kind: Kind = "csv", *, stem: str = "") -> tuple[Path, Path]:
    """Write table and mapping into a folder, under the template's name or another; the dataset is called like them.

    Gives both paths. Raises `InputError` where either is there already, or cannot be written: nothing is overwritten.
    """
    stem = stem or chosen.name
    if not _STEM.fullmatch(stem):
        raise InputError(
            f"{stem[:40]!r} cannot be the name of a file and dataset; use letters, digits, - and _", field="as"
        )
    table, mapping = folder / f"{stem}.{kind}", folder / f"{stem}.toml"
    for path in (table, mapping):
        if path.exists():
            raise InputError(f"{path} is there already; choose another folder or name", field="out")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in ((table, chosen.table(kind)), (mapping, chosen.mapping.encode())):
            with path.open("xb") as file:
                file.write(content)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror or error})", field="out") from None
    return table, mapping


def _template(name: str, text: str) -> Template:
    purpose = text.partition("\n")[0].removeprefix("# ")
    return Template(name, purpose, parse_mapping(text.encode(), f"{name}.toml", stem=name).described, text)
