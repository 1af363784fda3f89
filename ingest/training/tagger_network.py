"""The tagger's network in torch, for training; `ingest.mentions.tagger` computes the same in numpy."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from ingest.mentions.tagger import UNIT_PLACES
from ingest.models import Arrays, pack_words

NEVER = -1e4  # log weight of what cannot be
PARTS = "BIES"


def label_names(types: list[str]) -> list[str]:
    """O, then beginning, inner, end and single of each type."""
    return ["O", *(f"{part}-{kind}" for kind in types for part in PARTS)]


def _may_follow(before: str, after: str) -> bool:
    if before[0] in "BI":
        return after[0] in "IE" and after[2:] == before[2:]
    return after[0] in "OBS"


def grammar(labels: list[str]) -> tuple[Tensor, Tensor, Tensor]:
    """Log weights 0 or NEVER of label transitions (labels, labels), of starts and of stops (labels)."""
    follows = torch.tensor([[0.0 if _may_follow(a, b) else NEVER for b in labels] for a in labels])
    starts = torch.tensor([0.0 if label[0] in "OBS" else NEVER for label in labels])
    stops = torch.tensor([0.0 if label[0] in "OES" else NEVER for label in labels])
    return follows, starts, stops


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes of the network and how strongly it is kept from learning by heart."""

    width: int = 160
    shape_width: int = 32
    state_width: int = 256
    input_dropout: float = 0.3
    output_dropout: float = 0.4
    character_dropout: float = 0.15


class TaggerNetwork(nn.Module):
    """BiLSTM-CRF over characters, lexical tags and lexical states.

    `embedding` (characters, 128) is where the character vectors begin; `tags` is the number of lexical tags.
    """

    def __init__(self, embedding: NDArray[np.float32], tags: int, labels: list[str], settings: Settings) -> None:
        super().__init__()
        self.labels, self.settings = labels, settings
        self.characters = nn.Embedding(embedding.shape[0], embedding.shape[1], _weight=torch.tensor(embedding))
        self.shapes = nn.Embedding(tags * UNIT_PLACES, settings.shape_width)
        size = embedding.shape[1] + settings.shape_width + settings.state_width
        self.lstm = nn.LSTM(size, settings.width, bidirectional=True, batch_first=True)
        self.emission = nn.Linear(2 * settings.width, len(labels))
        self.input_dropout = nn.Dropout(settings.input_dropout)
        self.output_dropout = nn.Dropout(settings.output_dropout)
        self.follows, self.starts, self.stops = grammar(labels)
        self.transitions = nn.Parameter(torch.zeros(len(labels), len(labels)))
        self.start = nn.Parameter(torch.zeros(len(labels)))
        self.stop = nn.Parameter(torch.zeros(len(labels)))

    def emissions(self, characters: Tensor, shapes: Tensor, states: Tensor, counts: Tensor) -> Tensor:
        """Scores (windows, steps, labels) of padded windows, longest first; `states` (windows, steps, 256)."""
        if self.training and self.settings.character_dropout:
            unknown = torch.rand(characters.shape) < self.settings.character_dropout
            characters = characters.masked_fill(unknown, 0)
        seen = torch.cat([self.characters(characters), self.shapes(shapes), states], dim=-1)
        packed = pack_padded_sequence(self.input_dropout(seen), counts, batch_first=True)
        read, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        scored: Tensor = self.emission(self.output_dropout(read))
        return scored

    def loss(self, emissions: Tensor, allowed: Tensor, counts: Tensor) -> Tensor:
        """Mean negative log likelihood a window that the labels are among `allowed` (windows, steps, labels)."""
        wanted = self._total(emissions + (~allowed) * NEVER, counts)
        return (self._total(emissions, counts) - wanted).mean()

    def _total(self, emissions: Tensor, counts: Tensor) -> Tensor:
        """Log of the summed weight of all label sequences of each window."""
        transitions = torch.exp(self.transitions + self.follows)
        stop = self.stop + self.stops
        state = emissions[:, 0] + self.start + self.starts
        total = torch.zeros(len(emissions))
        for step in range(1, emissions.shape[1] + 1):
            ending = counts == step
            if bool(ending.any()):
                total = torch.where(ending, torch.logsumexp(state + stop, dim=1), total)
            if step < emissions.shape[1]:
                highest = state.detach().max(dim=1, keepdim=True).values
                reached = torch.exp(state - highest) @ transitions
                state = torch.log(reached.clamp_min(1e-30)) + highest + emissions[:, step]
        return total

    def arrays(self, characters: list[str]) -> Arrays:
        """The weights as `tagger.npz` holds them; torch orders gates i, f, g, o, the file i, f, o, g."""
        width, size = self.settings.width, self.characters.embedding_dim
        order = np.r_[0 : 2 * width, 3 * width : 4 * width, 2 * width : 3 * width]
        weights = {name: value.detach().numpy() for name, value in self.named_parameters()}
        inputs = [weights[f"lstm.weight_ih_l0{end}"].T[:, order] for end in ("", "_reverse")]
        joined = np.concatenate(inputs, axis=1)
        bias = [
            (weights[f"lstm.bias_ih_l0{end}"] + weights[f"lstm.bias_hh_l0{end}"])[order] for end in ("", "_reverse")
        ]
        shape_end = size + self.settings.shape_width
        # each lexical shape has one fixed input, so its product and the bias are one table
        shape_gain = weights["shapes.weight"] @ joined[size:shape_end] + np.concatenate(bias)
        recurrent = np.stack([weights[f"lstm.weight_hh_l0{end}"].T[:, order] for end in ("", "_reverse")])
        follows, starts, stops = (table.numpy() for table in grammar(self.labels))
        found: Arrays = {
            "labels": pack_words(self.labels),
            "characters": pack_words(characters),
            "embedding": weights["characters.weight"].astype(np.float16),
            "embedding_weight": joined[:size].astype(np.float16),
            "state_weight": joined[shape_end:].astype(np.float16),
            "shape_gain": shape_gain.astype(np.float16),
            "recurrent": recurrent.astype(np.float16),
            "emission_weight": weights["emission.weight"].T.astype(np.float16),
            "emission_bias": weights["emission.bias"].astype(np.float16),
            "transitions": (weights["transitions"] + follows).astype(np.float16),
            "start": (weights["start"] + starts).astype(np.float16),
            "stop": (weights["stop"] + stops).astype(np.float16),
        }
        return found
