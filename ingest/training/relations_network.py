"""The relation network in torch, for training; `ingest.claims.relations_model` computes the same in numpy."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ingest.claims.features import GRAM_BITS, RELATIONS, SEGMENTS, WORD_BITS
from ingest.claims.relations_model import RelationModel
from ingest.claims.relations_templates import TEMPLATE_BITS
from ingest.models.trees import NO_TREES
from ingest.training.relations_examples import Example


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes of the network, how it is kept from learning by heart, and how long it learns."""

    template_width: int = 40
    gram_width: int = 32
    hidden: int = 128
    dropout: float = 0.3
    feature_dropout: float = 0.15
    word_dropout: float = 0.1
    epochs: int = 8
    rate: float = 3e-3
    batch: int = 6
    far_share: float = 0.2  # of the pairs in different sentences that state nothing, so many are shown an epoch
    seed: int = 0


class RelationNetwork(nn.Module):
    """See `RelationModel`; `vectors` [2 ** GRAM_BITS, size] are fixed vectors of n-grams, learned ones are added."""

    def __init__(self, settings: Settings, vectors: NDArray[np.float32] | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.templates = nn.EmbeddingBag(1 << TEMPLATE_BITS, settings.template_width, mode="sum")
        nn.init.normal_(self.templates.weight, 0, 0.02)
        self.wide = nn.EmbeddingBag(1 << TEMPLATE_BITS, len(RELATIONS), mode="sum")
        nn.init.zeros_(self.wide.weight)
        self.grams = nn.Parameter(torch.randn(1 << GRAM_BITS, settings.gram_width) * 0.03)
        self.vectors = None if vectors is None else torch.from_numpy(vectors)
        self.projection = None if vectors is None else nn.Linear(vectors.shape[1], settings.gram_width, bias=False)
        size = settings.template_width + SEGMENTS * settings.gram_width + WORD_BITS
        self.backward_layer = nn.Linear(size, settings.hidden)
        self.forward_layer = nn.Linear(size, settings.hidden)
        self.relations = nn.Linear(settings.hidden, len(RELATIONS))
        nn.init.constant_(self.relations.bias, -3)  # few pairs are related
        self.dropout = nn.Dropout(settings.dropout)

    def table(self) -> Tensor:
        """Vectors of n-grams [2 ** GRAM_BITS, gram_width]."""
        if self.projection is None or self.vectors is None:
            return self.grams
        projected: Tensor = self.grams + self.projection(self.vectors)
        return projected

    def _kept(self, shape: torch.Size) -> Tensor | None:
        share = self.settings.feature_dropout
        return (torch.rand(shape) > share).float() / (1 - share) if self.training else None

    def forward(self, batch: "Batch") -> Tensor:
        """Logits [pairs, relations]."""
        kept = self._kept(batch.templates.shape)
        summed = self.templates(batch.templates, per_sample_weights=kept)
        wide = self.wide(batch.templates, per_sample_weights=kept)
        flat = batch.lengths
        grams = nn.functional.embedding_bag(
            batch.grams,
            self.table(),
            flat.cumsum(0) - flat,
            mode="sum",
            per_sample_weights=self._kept(batch.grams.shape),
        )
        grams = (grams / torch.sqrt(flat.float() + 1)[:, None])[batch.segments]
        seen = self.dropout(torch.cat([summed, grams.reshape(len(summed), -1)], dim=1))
        words = batch.words.float()
        if self.training:
            words = words * (torch.rand(words.shape) > self.settings.word_dropout)
        given = torch.cat([seen, words], dim=1)
        ahead = batch.forward[:, None]
        hidden = self.dropout(torch.where(ahead, self.forward_layer(given), self.backward_layer(given)).relu())
        logits: Tensor = self.relations(hidden) + wide
        return logits

    def model(self) -> RelationModel:
        """The weights for numpy, with no trees yet and a threshold of one half."""
        layers = (self.backward_layer, self.forward_layer)
        return RelationModel(
            template_table=np.concatenate([_array(self.wide.weight), _array(self.templates.weight)], axis=1),
            gram_table=_array(self.table()),
            hidden_weight=np.stack([_array(layer.weight).T for layer in layers]),
            hidden_bias=np.stack([_array(layer.bias) for layer in layers]),
            relation_weight=_array(self.relations.weight).T,
            relation_bias=_array(self.relations.bias),
            trees=NO_TREES,
            threshold=np.array([0.5], dtype=np.float32),
        )


def _array(weights: Tensor) -> NDArray[np.float32]:
    made: NDArray[np.float32] = weights.detach().numpy().astype(np.float32)
    return made


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of some reports as tensors; the names are those of `Pairs` and `Example`."""

    forward: Tensor
    templates: Tensor
    segments: Tensor
    grams: Tensor
    lengths: Tensor
    words: Tensor
    wanted: Tensor
    weight: Tensor


def _batch(examples: Sequence[Example], settings: Settings, rng: np.random.Generator) -> Batch:
    columns: list[list[NDArray[np.generic]]] = []
    distinct = 0
    for made in examples:
        scene, pairs = made.scene, made.pairs
        idle = (scene.sentence[pairs.head] != scene.sentence[pairs.tail]) & ~made.wanted.any(axis=1)
        keep = ~idle | (rng.random(len(idle)) < settings.far_share)
        weight = made.weight * np.where(idle, 1 / settings.far_share, 1)[:, None].astype(np.float32)
        whole = (pairs.forward, pairs.templates, pairs.segments + distinct, pairs.words, made.wanted, weight)
        forward, templates, segments, words, *taught = (column[keep] for column in whole)
        columns.append([forward, templates, segments, pairs.grams, pairs.lengths, words, *taught])
        distinct += len(pairs.lengths)
    return Batch(*(torch.from_numpy(np.concatenate(column)) for column in zip(*columns, strict=True)))


def _loss(network: RelationNetwork, batch: Batch) -> Tensor:
    losses = nn.functional.binary_cross_entropy_with_logits(network(batch), batch.wanted, reduction="none")
    loss: Tensor = (losses * batch.weight).sum() / batch.wanted.sum().clamp_min(1)
    return loss


def train(
    variants: Sequence[Sequence[Example]], settings: Settings, vectors: NDArray[np.float32] | None = None
) -> RelationModel:
    """Train on reports, each given in one or more variants (as annotated, as found) of which an epoch sees one."""
    torch.manual_seed(settings.seed)
    order = random.Random(settings.seed)  # noqa: S311  (no secret: the same seed must give the same model)
    rng = np.random.default_rng(settings.seed)
    network = RelationNetwork(settings, vectors)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=0)
    steps = settings.epochs * -(-len(variants) // settings.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings.rate, total_steps=steps, pct_start=0.15)
    for _ in range(settings.epochs):
        turn = order.sample(range(len(variants)), len(variants))
        for begin in range(0, len(turn), settings.batch):
            shown = [order.choice(variants[i]) for i in turn[begin : begin + settings.batch]]
            loss = _loss(network, _batch(shown, settings, rng))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    network.eval()
    return network.model()
