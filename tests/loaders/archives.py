"""Archives made for one test, honest and hostile."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def tar_bytes(members: Mapping[str, bytes], extra: Iterable[tarfile.TarInfo] = ()) -> bytes:
    """An uncompressed tar archive; `extra` are members without content, such as links."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for info in extra:
            archive.addfile(info)
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def packed(name: str, members: Mapping[str, bytes]) -> bytes:
    """The archive that a file of that name should hold."""
    if name.endswith(".zip"):
        return zip_bytes(members)
    plain = tar_bytes(members)
    if name.endswith((".gz", ".tgz")):
        return gzip.compress(plain)
    return lzma.compress(plain) if name.endswith(".xz") else plain


def write(folder: Path, name: str, data: bytes) -> Path:
    """A file in a folder that is made where there is none."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
