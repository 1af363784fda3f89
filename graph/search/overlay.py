"""What training changed in the stock encoder, small enough to lie in the repository: laid over its weights.

A file holds, for every changed tensor, the difference as int8 with one float16 scale a row (vectors as float16), and
under "card" a JSON text: base model, data, figures. A row's largest difference is 127 steps, so the error stays under
half a percent of it.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.errors import EncoderError

Floats = npt.NDArray[np.float32]
STEPS = 127
CARD = "card"


def write_overlay(
    path: Path, before: Mapping[str, Floats], after: Mapping[str, Floats], card: Mapping[str, Any]
) -> int:
    """Write what differs between two states of one network, and return the file's size in bytes."""
    arrays: dict[str, npt.NDArray[Any]] = {
        CARD: np.frombuffer(json.dumps(card, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8)
    }
    for name, old in before.items():
        difference = after[name].astype(np.float32) - old
        if not difference.any():
            continue
        if difference.ndim < 2:
            arrays[f"{name}:half"] = difference.astype(np.float16)
            continue
        scale = (np.abs(difference).max(axis=1, keepdims=True) / STEPS).astype(np.float16)
        steps = np.divide(difference, scale, out=np.zeros_like(difference), where=scale > 0)
        arrays[f"{name}:int8"] = np.clip(np.rint(steps), -STEPS, STEPS).astype(np.int8)
        arrays[f"{name}:scale"] = scale
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return path.stat().st_size


def apply_overlay(state: Mapping[str, Floats], path: Path, share: float = 1.0) -> dict[str, Floats]:
    """`state` with `share` of the differences of `path` added; EncoderError where they do not fit it."""
    found = dict(state)
    with np.load(path) as data:
        for key in data.files:
            name, _, kind = key.partition(":")
            if kind not in {"half", "int8"}:
                continue
            difference = data[key].astype(np.float32)
            if kind == "int8":
                difference *= data[f"{name}:scale"].astype(np.float32)
            if name not in found or found[name].shape != difference.shape:
                raise EncoderError(f"{path} does not belong to this encoder: it changes {name} {difference.shape}.")
            found[name] = found[name] + share * difference
    return found


def digest(path: Path) -> str:
    """Eight characters that say which overlay this is."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def card(path: Path) -> dict[str, Any]:
    """What the file says of itself."""
    with np.load(path) as data:
        found: dict[str, Any] = json.loads(data[CARD].tobytes().decode())
    return found
