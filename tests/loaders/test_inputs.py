"""From paths to inputs: folders, archives, packed files, encodings; and what hostile ones come to."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.inputs import Input, decoded, walk
from loaders.inputs.limits import LARGEST_TEXT, MIB, Meter
from loaders.inputs.packed import Unpacked
from loaders.refusals import Refusal, Refused
from tests.loaders.archives import packed, tar_bytes, write, zip_bytes

MEMBERS = {"data/a.json": b"{}", "data/b.txt": "前言".encode(), "c.csv": b"x" * 100_000}
ARCHIVES = ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.xz"]


def opened(*paths: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """All inputs under these paths with what they hold, and all refusals, by name."""
    inputs, refusals = {}, {}
    for found in walk(paths):
        if isinstance(found, Refusal):
            refusals[found.file] = found.reason
            continue
        try:
            inputs[found.name] = found.read()
        except Refused as refused:
            refusals[found.name] = refused.reason
    return inputs, refusals


# -- what lies where -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_are_known_by_their_first_bytes_and_read_member_by_member(tmp_path: Path, name: str) -> None:
    honest = write(tmp_path, name, packed(name, MEMBERS))
    misnamed = write(tmp_path, f"{name}.dat", honest.read_bytes())
    for path in (honest, misnamed):
        assert opened(path) == ({f"{path}: {member}": data for member, data in MEMBERS.items()}, {})
    heads = [found.head.name for found in walk([honest]) if isinstance(found, Input)]
    assert heads == ["a.json", "b.txt", "c.csv"]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_files_are_one_input(tmp_path: Path, pack: object) -> None:
    data = os.urandom(300_000)
    path = write(tmp_path, "rows.jsonl.gz", pack(data) + pack(b"and more") + bytes(8))  # type: ignore[operator]
    assert opened(path) == ({str(path): data + b"and more"}, {})
    (found,) = walk([path])
    assert isinstance(found, Input)
    assert (found.head.name, found.path) == ("rows.jsonl", path)


def test_a_packed_file_in_an_archive_is_unpacked_and_an_archive_in_it_is_not(tmp_path: Path) -> None:
    inner = {"rows.jsonl.gz": gzip.compress(b"rows"), "x.zip": zip_bytes(MEMBERS), "y.tgz": packed("y.tgz", MEMBERS)}
    path = write(tmp_path, "a.zip", zip_bytes({**inner, "z.tar": tar_bytes(MEMBERS), "last.txt": b"text"}))
    inputs, refusals = opened(path)
    assert inputs == {f"{path}: rows.jsonl.gz": b"rows", f"{path}: last.txt": b"text"}
    assert set(refusals) == {f"{path}: x.zip", f"{path}: y.tgz", f"{path}: z.tar"}
    assert all("archive inside an archive" in reason for reason in refusals.values())


def test_a_workbook_is_one_input_although_it_is_a_zip_archive(tmp_path: Path) -> None:
    path = write(tmp_path, "list.xlsx", zip_bytes({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}))
    assert set(opened(path)[0]) == {str(path)}


def test_folders_are_walked_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".hidden/x.txt", "b/.DS_Store", "__MACOSX/a.txt", "b/~$list.xlsx"):
        write(tmp_path, name, b"x")
    write(tmp_path, "c.zip", zip_bytes({"__MACOSX/._a": b"x", ".git/config": b"x", "./in.txt": b"x"}))
    inputs, refusals = opened(tmp_path)
    assert [name.removeprefix(f"{tmp_path}/") for name in inputs] == ["a.txt", "b/10.txt", "b/2.txt", "c.zip: ./in.txt"]
    assert refusals == {}


def test_what_is_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "in/a.txt", b"x")
    assert len(list(walk([path, tmp_path, path.parent, path]))) == 1


def test_what_cannot_be_opened_is_refused_and_the_walk_goes_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "empty").mkdir()
    write(tmp_path, "z.txt", b"x")
    inputs, refusals = opened(tmp_path)
    assert list(inputs) == [str(tmp_path / "z.txt")]
    assert {Path(name).name: reason for name, reason in refusals.items()} == {
        "fifo": "is neither a file nor a folder",
        "circle": "a link to a folder, which may lead in circles; give the folder itself",
        "nowhere": "cannot be read (No such file or directory)",
    }
    assert opened(tmp_path / "empty")[1] == {str(tmp_path / "empty"): "holds no file"}


def test_a_folder_of_very_many_files_is_walked_one_at_a_time(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"{number}").touch()
    walked = walk([tmp_path])
    assert sum(isinstance(found, Input) for found in walked) == 2000


def test_names_in_chinese_archives_are_read_as_they_were_meant(tmp_path: Path) -> None:
    name = "标准/表格.csv"
    raw = zip_bytes({"xxxxxxxxxxxxx": b"x"}).replace(b"x" * 13, name.encode("gb18030"))
    path = write(tmp_path, "a.zip", raw)
    assert set(opened(path)[0]) == {f"{path}: {name}"}


# -- hostile -------------------------------------------------------------------------------------------------------


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def test_members_of_a_tar_that_are_no_files_are_refused(tmp_path: Path) -> None:
    extra = [
        special("link", tarfile.SYMTYPE, "/etc/passwd"),
        special("hard", tarfile.LNKTYPE, "data/a.json"),
        special("device", tarfile.CHRTYPE),
        special("pipe", tarfile.FIFOTYPE),
        special("folder", tarfile.DIRTYPE),
    ]
    outside = {
        "../up.json": b"{}",
        "/absolute.json": b"{}",
        "C:\\x.json": b"{}",
        "a/../../b.json": b"{}",
        "in.json": b"{}",
    }
    path = write(tmp_path, "a.tar", tar_bytes(outside, extra))
    inputs, refusals = opened(path)
    assert inputs == {f"{path}: in.json": b"{}"}
    said = {name.removeprefix(f"{path}: "): reason for name, reason in refusals.items()}
    assert {name for name, reason in said.items() if "leads out" in reason} == set(outside) - {"in.json"}
    assert {name for name, reason in said.items() if "a link" in reason} == {"link", "hard"}
    assert {name for name, reason in said.items() if "a device" in reason} == {"device", "pipe"}


def test_members_of_a_zip_that_are_no_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../up.json", "{}")
        archive.writestr("in.json", "{}")
    inputs, refusals = opened(path)
    assert inputs == {f"{path}: in.json": b"{}"}
    assert set(refusals) == {f"{path}: link", f"{path}: ../up.json"}


def test_an_encrypted_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    raw = bytearray(zip_bytes({"secret.json": b"{}", "open.json": b"{}"}))
    raw[6] |= 1  # the flag in the member's own header, and in the list at the end
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path = write(tmp_path, "a.zip", bytes(raw))
    inputs, refusals = opened(path)
    assert inputs == {f"{path}: open.json": b"{}"}
    assert refusals == {f"{path}: secret.json": "is encrypted; unpack it with its password first"}


BOMB = 8 * MIB


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.tar.xz", "bomb.xz", "bomb.tar.gz"])
def test_what_unpacks_without_end_is_refused_before_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("loaders.inputs.limits.RATIO_FROM", 4 * MIB)
    if name == "bomb.zip":
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
            archive.writestr("zeros.json", bytes(BOMB))
            archive.writestr("in.json", b"{}")
        data = held.getvalue()
    elif name == "bomb.xz":
        data = lzma.compress(bytes(BOMB), preset=1)
    else:
        tar = tar_bytes({"in.json": b"{}", "zeros.json": bytes(BOMB)})
        data = lzma.compress(tar, preset=1) if name.endswith("xz") else gzip.compress(tar, 9)
    path = write(tmp_path, name, data)
    taken = 0
    refusals = []
    for found in walk([path]):
        if isinstance(found, Refusal):
            refusals.append(found.reason)
            continue
        try:
            with found.stream() as stream:
                while piece := stream.read(MIB):
                    taken += len(piece)
        except Refused as refused:
            refusals.append(refused.reason)
    assert taken < BOMB
    assert refusals
    assert all("1,000 times its size" in reason for reason in refusals)


def test_how_much_is_unpacked_is_bounded_whatever_it_came_from() -> None:
    meter = Meter(largest=10 * MIB, packed=10 * MIB)
    with pytest.raises(Refused, match="unpacks to more than"):
        meter.take(11 * MIB)


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_of_an_archive_that_was_cut_off_the_beginning_is_read(tmp_path: Path, name: str, share: float) -> None:
    whole = packed(name, {f"{n}.bin": os.urandom(40_000) for n in range(8)})
    path = write(tmp_path, name, whole[: int(len(whole) * share)])
    inputs, refusals = opened(path)
    assert refusals
    assert all("cut off" in reason or "damaged" in reason for reason in refusals.values())
    if not name.endswith(".zip"):  # whose list of members is at its end
        assert len(inputs) == int(8 * share)


@pytest.mark.parametrize(("claimed", "said"), [(5, "does not unpack to"), (50, "where the archive says 50")])
def test_a_zip_member_that_lies_about_its_size_is_refused(tmp_path: Path, claimed: int, said: str) -> None:
    raw = bytearray(zip_bytes({"a.json": b"0123456789", "b.json": b"{}"}))
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = struct.pack("<I", claimed)
    path = write(tmp_path, "a.zip", bytes(raw))
    inputs, refusals = opened(path)
    assert inputs == {f"{path}: b.json": b"{}"}
    assert said in refusals[f"{path}: a.json"]


def test_a_tar_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("huge.json")
    info.size = 2**40
    data = tar_bytes({"in.json": b"{}"})[:1024] + info.tobuf() + b"{}"
    inputs, refusals = opened(write(tmp_path, "a.tar", data))
    assert len(inputs) == 1
    assert any("is larger than 16 GiB" in reason for reason in refusals.values())


def test_headers_without_end_are_refused(tmp_path: Path) -> None:
    long_name = tarfile.TarInfo("././@LongLink")
    long_name.type, long_name.size = tarfile.GNUTYPE_LONGNAME, 2**34
    chain = b"".join(_empty_long_name() for _ in range(1500))
    for data in (long_name.tobuf(tarfile.GNU_FORMAT) + bytes(4 * MIB), chain + bytes(1024)):
        inputs, refusals = opened(write(tmp_path, "a.tar", data))
        assert inputs == {}
        assert len(refusals) == 1


def _empty_long_name() -> bytes:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 2
    return info.tobuf(tarfile.GNU_FORMAT) + b"x\0" + bytes(510)


def test_damage_in_the_middle_of_a_tar_is_told(tmp_path: Path) -> None:
    data = bytearray(tar_bytes({"a.json": b"{}", "b.json": b"{}", "c.json": b"{}"}))
    data[1024:1200] = os.urandom(176)
    path = write(tmp_path, "a.tar", bytes(data))
    inputs, refusals = opened(path)
    assert list(inputs) == [f"{path}: a.json"]
    assert "is damaged at byte" in refusals[str(path)]


def test_a_zip_with_too_long_a_list_of_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.inputs.archives.LARGEST_DIRECTORY", 4000)
    path = write(tmp_path, "a.zip", zip_bytes({f"{n:060}": b"" for n in range(100)}))
    inputs, refusals = opened(path)
    assert inputs == {}
    assert "list of members" in refusals[str(path)]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_members_beyond_the_bound_are_refused_and_those_before_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("loaders.inputs.archives.MOST_MEMBERS", 10)
    path = write(tmp_path, name, packed(name, {f"{n}.json": b"{}" for n in range(30)}))
    inputs, refusals = opened(path)
    assert len(inputs) == 10
    assert refusals == {str(path): "has more than 10 members; those before were read"}


def test_a_stream_that_asks_for_too_much_memory_is_refused(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1536 * MIB}]
    small = lzma.compress(b"x", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 4096}])
    assert Unpacked(io.BytesIO(small), "xz").read(10) == b"x"
    # The size of the dictionary is one byte of the block's header, and the header has its own sum.
    raw = bytearray(small)
    header = raw[12 : 12 + (raw[12] + 1) * 4 - 4]
    header[header.index(0x21) + 2] = 37  # 1.5 GiB
    raw[12 : 12 + len(header) + 4] = bytes(header) + struct.pack("<I", zlib.crc32(bytes(header)))
    assert filters
    _, refusals = opened(write(tmp_path, "a.xz", bytes(raw)))
    assert "memory" in "".join(refusals.values())


@given(st.sampled_from(ARCHIVES), st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_archives_never_raise_anything_else(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    raw = bytearray(packed(name, {"a.json": b"{}" * 300, "folder/b.txt": b"x" * 700}))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    opened(write(tmp_path_factory.getbasetemp(), name, bytes(raw)))


@given(st.sampled_from([b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh9", b"PK\x03\x04", b""]), st.binary(max_size=600))
@settings(max_examples=80, deadline=None)
def test_anything_may_follow_a_magic_number(
    tmp_path_factory: pytest.TempPathFactory, magic: bytes, rest: bytes
) -> None:
    opened(write(tmp_path_factory.getbasetemp(), "any", magic + rest))


# -- text ----------------------------------------------------------------------------------------------------------

TEXT = "前言\r\n本标准由全国汽车标准化技术委员会（SAC/TC 114）归口。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_of_office_programs_is_read(encoding: str) -> None:
    long = TEXT * 3000
    data = long.encode(encoding)
    assert Input.of("a.txt", data).head.text.startswith("前言\r\n本标准由")
    assert Input.of("a.txt", data).text() == long
    assert Input.of("a.txt", data).utf8().read() == long.encode()
    assert Input.of("a.txt", data).stream().read() == data
    lines = [line for _, line in Input.of("a.txt", data).lines()]
    assert lines == [line.rstrip("\r").encode() for line in long.split("\n")[:-1]]


def test_what_is_no_text_is_refused() -> None:
    for data in (b"\x80\xff\xff\xff", b"\xff\xfe\x00"):
        with pytest.raises(Refused, match="is no text: byte"):
            decoded(data)
    broken = b"\xd6\xd0\xce\xc4" * 40_000 + b"\xff\xff"
    with pytest.raises(Refused, match="it is not GB18030"):
        Input.of("a", broken).utf8().read()


def test_what_is_read_as_a_whole_is_bounded() -> None:
    with pytest.raises(Refused, match="is larger than 1 MiB"):
        Input.of("a", bytes(MIB + 1)).read(MIB)
    assert LARGEST_TEXT >= MIB


def test_a_line_without_end_is_refused_and_not_held() -> None:
    lines = list(Input.of("a", b"x" * 3_000_000 + b"\nshort\n").lines(limit=MIB))
    assert isinstance(lines[0][1], Refused)
    assert lines[1] == (2, b"short")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    given = Input.of("a", data)
    assert isinstance(given.head.text, str)
    for _, line in given.lines():
        assert isinstance(line, bytes | Refused)
    try:
        assert isinstance(Input.of("a", data).text(), str)
        Input.of("a", data).utf8().read()
    except Refused:
        pass
