"""Packed files: members one by one, and no trap unpacks without end."""

import bz2
import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.archive import MOST_MEMBERS, Allowance, gunzipped, read_tar, read_zip
from index.formats.extract import Extract, Skipped, Unreadable, joined


def inner(file: BinaryIO, name: str, allowance: Allowance | None = None) -> Iterator[Extract | Skipped]:
    data = file.read()
    file.seek(0)
    if name.endswith(".zip"):
        yield from read_zip(file, name, partial(inner, allowance=allowance), allowance)
    elif name.endswith(".png"):
        raise Unreadable("it is a picture")
    elif name.endswith(".jsonl"):
        yield Extract(*joined([(None, "Row.")]), part="7")
        yield Skipped("row 2", "it is empty")
    else:
        yield Extract(*joined([(None, data.decode(errors="replace")[:50] or "-")]))


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(data: bytes, reader=read_zip, allowance: Allowance | None = None) -> list[Extract | Skipped]:
    return list(reader(io.BytesIO(data), "a.zip", inner, allowance))


def parts(data: bytes, reader=read_zip) -> list[str]:
    return [found.part for found in read(data, reader)]


@pytest.mark.parametrize(("pack", "reader"), [(zipped, read_zip), (tarred, read_tar)])
def test_each_member_is_an_article_under_its_name(pack, reader) -> None:
    found = read(pack(("a/one.txt", b"One."), ("rows.jsonl", b"x"), ("b.png", b"x"), ("two.txt", b"Two.")), reader)
    assert [f.part for f in found] == ["a/one.txt", "rows.jsonl!7", "rows.jsonl!row 2", "b.png", "two.txt"]
    assert found[3] == Skipped("b.png", "it is a picture")


def test_an_archive_in_an_archive_is_read_behind_its_name() -> None:
    assert parts(zipped(("in.zip", zipped(("a.txt", b"A."))))) == ["in.zip!a.txt"]


@pytest.mark.parametrize(("pack", "reader"), [(zipped, read_zip), (tarred, read_tar)])
def test_what_systems_add_is_left_out(pack, reader) -> None:
    names = ["__MACOSX/._a.txt", ".DS_Store", "x/.hidden/a.txt", "Thumbs.db", "a.txt"]
    assert parts(pack(*((name, b"x") for name in names)), reader) == ["a.txt"]


def test_the_folder_of_a_saved_page_is_left_out_and_another_of_such_a_name_is_not() -> None:
    names = ["p/Storm.html", "p/Storm_files/ad.html", "p/Storm_files/deep/a.txt", "case_files/a.txt"]
    assert parts(zipped(*((name, b"x") for name in names))) == ["p/Storm.html", "case_files/a.txt"]


def test_names_are_labels_in_their_own_letters() -> None:
    data = zipped(("x-e.txt", b"x"), ("../../etc/passwd", b"x"), ("/abs.txt", b"x"), ("same.txt", b"1"))
    data = data.replace(b"x-e.txt", "x\u00e9.txt".encode())
    assert parts(data) == ["xé.txt", "../../etc/passwd", "/abs.txt", "same.txt"]
    with pytest.warns(UserWarning):
        twins = zipped(("a.txt", b"1"), ("a.txt", b"2"))
    assert parts(twins) == ["a.txt", "a.txt (2)"]


def test_nothing_is_written_beside_the_archive(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    read(zipped(("../out.txt", b"x"), ("in/side.txt", b"y" * 100_000)))
    assert list(tmp_path.iterdir()) == [] and not (tmp_path.parent / "out.txt").exists()


def test_a_member_under_a_password_is_skipped_with_a_sentence() -> None:
    data = bytearray(zipped(("a.txt", b"A."), ("b.txt", b"B.")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = read(bytes(data))
    assert isinstance(found[0], Skipped) and "password" in found[0].why and isinstance(found[1], Extract)


def test_a_member_of_an_unknown_method_is_skipped() -> None:
    (found,) = read(zipped(("a.txt", b"A."), method=zipfile.ZIP_LZMA))
    assert isinstance(found, Skipped) and "method" in found.why


def test_a_damaged_member_spoils_no_other() -> None:
    data = bytearray(zipped(("a.txt", b"Aaaa bbb" * 9), ("b.txt", b"B."), method=zipfile.ZIP_STORED))
    data[40] ^= 0xFF
    found = read(bytes(data))
    assert isinstance(found[0], Skipped) and "damaged" in found[0].why and isinstance(found[1], Extract)


def test_a_member_that_packs_too_well_is_refused() -> None:
    found = read(zipped(("bomb.txt", b"\x00" * 11_000_000), ("a.txt", b"A.")))
    assert isinstance(found[0], Skipped) and "trap" in found[0].why and isinstance(found[1], Extract)


def test_members_over_one_another_are_refused() -> None:
    data = zipped(("a.txt", b"A" * 50), ("b.txt", b"B" * 50), method=zipfile.ZIP_STORED)
    second = data.rindex(b"PK\x01\x02")
    overlapping = data[: second + 42] + b"\x00\x00\x00\x00" + data[second + 46 :]
    with pytest.raises(Unreadable, match="overlap"):
        read(overlapping)


def test_too_many_members_or_bytes_are_refused() -> None:
    many = zipped(*((f"{n}.txt", b"") for n in range(MOST_MEMBERS + 1)), method=zipfile.ZIP_STORED)
    with pytest.raises(Unreadable, match="more than 10,000"):
        read(many)
    with pytest.raises(Unreadable, match="unpacks to more"):
        read(zipped(("a.txt", b"x" * 1001)), allowance=Allowance(size=1000))


def test_archives_inside_share_the_allowance_of_the_outermost() -> None:
    deep = zipped(*((f"{n}.zip", zipped(("a.txt", b"x" * 400))) for n in range(3)), method=zipfile.ZIP_STORED)
    allowance = Allowance(size=1200)
    found = list(read_zip(io.BytesIO(deep), "a.zip", partial(inner, allowance=allowance), allowance))
    assert [type(f) for f in found].count(Skipped) > 0 and isinstance(found[0], Extract)


def test_an_endless_list_of_files_is_not_read_into_memory() -> None:
    size = 17_000_000
    end = b"PK\x05\x06" + b"\x00" * 4 + (9).to_bytes(2, "little") * 2 + size.to_bytes(4, "little") + bytes(6)
    with pytest.raises(Unreadable):
        read(bytes(size) + end)


def test_links_and_devices_in_a_tar_are_left_out() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (
            ("link.txt", tarfile.SYMTYPE),
            ("hard.txt", tarfile.LNKTYPE),
            ("pipe.txt", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert read(out.getvalue(), read_tar) == []


def test_a_tar_that_breaks_off_gives_the_members_before() -> None:
    found = read(tarred(("a.txt", b"A."), ("b.txt", b"B" * 5000))[:3000], read_tar)
    assert isinstance(found[0], Extract) and isinstance(found[-1], Skipped)


def test_a_gzip_is_unpacked_as_a_stream_that_can_begin_again() -> None:
    data = os.urandom(200_000)
    stream = gunzipped(io.BytesIO(gzip.compress(data[:70_000]) + gzip.compress(data[70_000:])))
    assert stream.read(100) == data[:100]
    stream.seek(0)
    assert stream.read() == data


def test_a_gzip_stops_at_its_bound_and_at_damage() -> None:
    packed = gzip.compress(b"word " * 100_000)
    with pytest.raises(Unreadable, match="more than"):
        gunzipped(io.BytesIO(packed), 100_000).read()
    with pytest.raises(Unreadable, match="breaks off"):
        gunzipped(io.BytesIO(packed[:-20])).read()
    for damaged in (b"\x1f\x8bnonsense", packed[:50] + b"\x00" * 50 + packed[100:]):
        with pytest.raises(Unreadable):
            gunzipped(io.BytesIO(damaged)).read()


@given(st.sampled_from(["zip", "tar", "gzip"]), st.data())
@settings(max_examples=100, deadline=None)
def test_mutated_archives_give_articles_or_sentences_and_nothing_else(kind: str, data: st.DataObject) -> None:
    members = (("a.txt", b"Aaaa."), ("b/é.txt", b"B" * 300), ("c.jsonl", bz2.compress(b"c")))
    whole = bytearray(tarred(*members) if kind == "tar" else zipped(*members))
    if kind == "gzip":
        whole = bytearray(gzip.compress(bytes(whole)))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    try:
        if kind == "gzip":
            gunzipped(io.BytesIO(bytes(whole))).read()
        else:
            found = read(bytes(whole), read_tar if kind == "tar" else read_zip)
            assert all(isinstance(f, Extract | Skipped) for f in found)
    except Unreadable as error:
        assert str(error)
