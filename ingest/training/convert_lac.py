"""Makes `lexical.npz` from the source archive of LAC 2.1.2: `python -m ingest.training.convert_lac [ARCHIVE]`.

LAC (Baidu, Apache-2.0) is a Chinese lexical analyser whose own engine no longer installs; its weights still serve.
Without ARCHIVE the archive is asked for through pip, in a throw-away virtual environment with an old setuptools.
"""

import argparse
import math
import struct
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.models import pack_words

PACKAGE = "LAC==2.1.2"
FOLDER = "LAC-2.1.2/LAC/lac_model/"
DEFAULT_OUT = Path(__file__).parents[1] / "models" / "lexical.npz"
HIDDEN = 128
DIRECTIONS = 4  # two layers, each forward and backward
Opener = Callable[[str], bytes]


def parameter(data: bytes) -> NDArray[np.float32]:
    """The tensor of one parameter file.

    Layout: 4 bytes version, 8 bytes number of LoD levels (0 here), 4 bytes version, 4 bytes length of a protobuf
    (field 1 data type, field 2 dimensions, all varints), the protobuf, then float32 in row order.
    """
    (length,) = struct.unpack_from("<i", data, 16)
    description, body = data[20 : 20 + length], data[20 + length :]
    shape: list[int] = []
    at = 0
    while at < len(description):
        field, at = _varint(description, at)
        value, at = _varint(description, at)
        if field >> 3 == 2:
            shape.append(value)
    values = np.frombuffer(body, dtype="<f4")
    if math.prod(shape) != len(values):
        raise ValueError(f"A parameter file says shape {shape} but holds {len(values)} numbers.")
    return values.reshape(shape)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _pairs(data: bytes) -> Iterable[tuple[str, str]]:
    """The two tab-separated columns of a dictionary file."""
    for line in data.decode("utf-8").split("\n"):
        first, tab, second = line.partition("\t")
        if tab and second:
            yield first, second


def _rows(words: bytes, folding: bytes, dictionary: list[str]) -> tuple[list[str], list[int]]:
    """Vocabulary entries that segmentation can produce, with their rows; the unknown word comes first.

    The path through the dictionary yields its words, single characters, and runs of ASCII letters and digits; of the
    last, four characters are enough (years, small numbers).
    """
    rows = {word: int(row) for row, word in _pairs(words)}
    known = set(dictionary)
    kept = [w for w in rows if len(w) == 1 or w in known or (w.isascii() and w.isalnum() and len(w) <= 4)]
    numbers = {word: rows[word] for word in kept}
    # LAC reads full-width and traditional characters as their plain ones, known or not
    numbers |= {written: rows.get(plain, rows["OOV"]) for written, plain in _pairs(folding)}
    return ["", *numbers], [rows["OOV"], *numbers.values()]


def convert(read: Opener) -> dict[str, NDArray[np.generic]]:
    """The arrays of `lexical.npz`; `read` gives the bytes of a file of the model folder by its name.

    Embedding rows are stored as int8 with one float16 scale a row, everything else as float16.
    """
    seg_lines = read("conf/small_seg.dic").decode("utf-8").split("\n")
    dictionary = [line.partition(" ")[0] for line in seg_lines if line]
    words, rows = _rows(read("conf/word.dic"), read("conf/q2b.dic"), dictionary)
    embedding = parameter(read("model/word_emb"))[rows]
    scale = (np.abs(embedding).max(axis=1, keepdims=True) / 127).astype(np.float16)
    # some tags have two names; the later one (PER for nr, LOC for ns, ORG for nt, TIME for t) is the one LAC says
    names = {int(number): tag for number, tag in _pairs(read("conf/tag.dic"))}
    tags = [names[k] for k in range(len(names))]
    arrays: dict[str, NDArray[np.generic]] = {
        "words": pack_words(words),
        "dictionary": pack_words(dictionary),
        "tags": pack_words(tags),
        "embedding": np.rint(embedding / scale.astype(np.float32)).clip(-127, 127).astype(np.int8),
        "scale": scale,
        "emission_weight": parameter(read("model/fc_4.w_0")).astype(np.float16),
        "emission_bias": parameter(read("model/fc_4.b_0")).astype(np.float16),
    }
    crf = parameter(read("model/crfw")).astype(np.float16)
    arrays |= {"crf_start": crf[0], "crf_stop": crf[1], "crf_transitions": crf[2:]}
    for k in range(DIRECTIONS):
        recurrent = parameter(read(f"model/gru_{k}.w_0")).reshape(-1)
        gates, candidate = recurrent[: 2 * HIDDEN * HIDDEN], recurrent[2 * HIDDEN * HIDDEN :]
        # the two biases of a direction are only ever added together
        bias = parameter(read(f"model/fc_{k}.b_0")) + parameter(read(f"model/gru_{k}.b_0")).reshape(-1)
        arrays[f"input_weight_{k}"] = parameter(read(f"model/fc_{k}.w_0")).astype(np.float16)
        arrays[f"bias_{k}"] = bias.astype(np.float16)
        arrays[f"gates_{k}"] = gates.reshape(HIDDEN, 2 * HIDDEN).astype(np.float16)
        arrays[f"candidate_{k}"] = candidate.reshape(HIDDEN, HIDDEN).astype(np.float16)
    return arrays


def download(folder: Path) -> Path:
    """LAC's source archive, fetched by pip into `folder`; its set-up script needs a setuptools below 80."""
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    python = str(environment / "bin" / "python")
    pip = [python, "-m", "pip", "--quiet"]
    subprocess.run([*pip, "install", "setuptools<80", "wheel"], check=True)  # noqa: S603 - fixed words only
    flags = ["--no-deps", "--no-build-isolation", "--no-binary", ":all:", "--dest", str(folder)]
    subprocess.run([*pip, "download", *flags, PACKAGE], check=True)  # noqa: S603 - fixed words only
    return next(folder.glob("LAC-*.tar.gz"))


def convert_archive(archive: Path) -> dict[str, NDArray[np.generic]]:
    """`convert` on a downloaded `LAC-2.1.2.tar.gz`."""
    with tarfile.open(archive) as tar:

        def read(name: str) -> bytes:
            member = tar.extractfile(FOLDER + name)
            if member is None:
                raise FileNotFoundError(f"{archive} holds no {FOLDER}{name}; is it LAC 2.1.2?")
            return member.read()

        return convert(read)


def main(arguments: list[str] | None = None) -> None:
    """Command-line entry."""
    parser = argparse.ArgumentParser(prog="python -m ingest.training.convert_lac", description=__doc__)
    parser.add_argument("archive", type=Path, nargs="?", help="LAC-2.1.2.tar.gz, if it is already here")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        arrays = convert_archive(args.archive or download(Path(folder)))
    np.savez_compressed(args.out, **arrays)  # type: ignore[arg-type]  # numpy's stub takes the keyword allow_pickle too
    sys.stdout.write(f"{args.out}: {args.out.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
