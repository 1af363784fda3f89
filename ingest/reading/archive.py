"""Zip archives of reports: members are read in memory, one by one, under bounds; nothing is written to disk."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from graph.errors import ReadingError
from ingest.reading.encoding import decode
from ingest.reading.sniffing import FORMATS, LARGEST

MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 1024 * 1024 * 1024  # bytes of all members together, counted while reading
HIGHEST_RATIO = 200  # unpacked to packed bytes of a member above RATIO_FREE; text packs to about a third
RATIO_FREE = 1024 * 1024
CHUNK = 1 << 16
ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
UTF8_NAME = 0x800  # flag bit 11: the member's name is UTF-8; without it Chinese Windows writes GBK


@dataclass(frozen=True, slots=True)
class Member:
    """A member's name as a person would read it, and its bytes, or why they are not given."""

    name: str
    data: bytes = b""
    refusal: str = ""


def member_name(entry: zipfile.ZipInfo) -> str:
    """The name of a member: zipfile reads names without the UTF-8 flag as code page 437, which no Chinese file has."""
    if entry.flag_bits & UTF8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        return decode(entry.filename.encode("cp437")).text
    except (UnicodeEncodeError, ReadingError):
        return entry.filename


def _refusal(entry: zipfile.ZipInfo, name: str) -> str:
    """Why a member may not be opened, '' where it may."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "its path leads out of the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link, not a file"
    if path.suffix.lower() in ARCHIVES:
        return "it is an archive inside an archive; unpack it and give it by itself"
    if entry.flag_bits & 0x1:
        return "it is protected by a password; unpack it first"
    return ""


def _is_report(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    known = path.suffix.lower() in FORMATS or path.suffix.lower() in ARCHIVES
    return known and not hidden and path.stem.lower() != "readme"


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: int) -> bytes:
    """A member's bytes, at most `allowed`. Raises ReadingError over any bound, and where it is damaged."""
    bound = min(LARGEST, allowed)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > bound:
                    raise ReadingError(
                        "it unpacks to more than 64 MiB" if bound == LARGEST else "the archive is too large"
                    )
                if size > RATIO_FREE and size > HIGHEST_RATIO * max(1, entry.compress_size):
                    raise ReadingError("it unpacks to over 200 times its size: no ordinary report")
                parts.append(chunk)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise ReadingError(
            f"it is damaged or packed in an unknown way ({type(error).__name__}); pack it again"
        ) from error
    return b"".join(parts)


def members(file: BinaryIO) -> Iterator[Member]:
    """The reports among an archive's members, by name. Raises ReadingError where the archive cannot be used at all."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ReadingError("the archive is damaged or cut short; fetch it again") from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise ReadingError(f"the archive has {len(entries)} entries, over the bound of {MOST_ENTRIES}; split it")
        named = sorted(((member_name(e), e) for e in entries if not e.is_dir()), key=lambda pair: pair[0])
        left = LARGEST_UNPACKED
        for name, entry in named:
            if not _is_report(name) and not _refusal(entry, name).startswith("its path"):
                continue
            if refusal := _refusal(entry, name):
                yield Member(name, refusal=refusal)
                continue
            try:
                data = _unpack(archive, entry, left)
            except ReadingError as error:
                if left < LARGEST:
                    raise ReadingError(
                        "the archive unpacks to more than 1 GiB; split it. The rest was not read"
                    ) from error
                yield Member(name, refusal=str(error))
                continue
            left -= len(data)
            yield Member(name, data)
