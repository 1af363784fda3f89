"""Trains the upper layers of the stock encoder on visits, with sentence-transformers' own trainer."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from torch import Tensor, nn

from graph.search.encoder_weights import PROMPTS
from graph.search.training.visits import QUESTIONS, Visit

LAYERS = 6  # how many of the upper layers learn; the word embeddings and the lower half keep their general knowledge
SCALE = 30.0  # by how much a cosine is multiplied before the softmax
RATE = 6e-5
WARM = 0.1  # share of the steps over which the rate rises
BATCH = 24  # visits a step: 120 questions, 48 passages


class CaseRankingLoss(nn.Module):
    """Softmax cross-entropy of each question over all passages of the batch; those of its own case are right.

    MultipleNegativesRankingLoss takes one right passage a question. Here a question counts as answered where any of
    its case's passages wins, as the ranking of cases does, and a passage is encoded once for several questions.
    """

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor | None = None) -> Tensor:
        """Columns are QUESTIONS of questions, then passages; rows are cases. Returns the mean loss."""
        del labels  # the trainer gives none: what is right is where a passage stands
        columns = [
            nn.functional.normalize(self.model(features)["sentence_embedding"], dim=1) for features in sentence_features
        ]
        asked, told = torch.cat(columns[:QUESTIONS]), torch.cat(columns[QUESTIONS:])
        cases = columns[0].shape[0]
        right = torch.eye(cases, dtype=torch.bool).repeat(QUESTIONS, len(columns) - QUESTIONS)
        scores = SCALE * asked @ told.T
        own = scores.masked_fill(~right, float("-inf"))
        return (scores.logsumexp(dim=1) - own.logsumexp(dim=1)).mean()


def train(folder: Path, learned: Sequence[Visit], seed: int, threads: int) -> SentenceTransformer:
    """The model of `folder` after one pass over `learned`, in their order; the same input gives the same weights."""
    from datasets import Dataset, disable_progress_bars

    disable_progress_bars()
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    _freeze_below(model)
    names = [*(f"question{n}" for n in range(QUESTIONS)), "passage0", "passage1"]
    rows = [(*visit.questions, *visit.passages) for visit in learned]
    data = Dataset.from_dict({name: [row[at] for row in rows] for at, name in enumerate(names)})
    with TemporaryDirectory() as scratch:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=scratch,
            num_train_epochs=1,
            per_device_train_batch_size=BATCH,
            learning_rate=RATE,
            warmup_steps=WARM,
            lr_scheduler_type="linear",
            batch_sampler=_in_order,
            prompts={name: PROMPTS["query" if name.startswith("question") else "passage"] for name in names},
            seed=seed,
            use_cpu=True,
            save_strategy="no",
            report_to="none",
            logging_steps=5,
            disable_tqdm=True,
        )
        SentenceTransformerTrainer(model=model, args=arguments, train_dataset=data, loss=CaseRankingLoss(model)).train()
    return model


def _freeze_below(model: SentenceTransformer) -> None:
    for parameter in model.parameters():
        parameter.requires_grad = False
    network: Any = model[0]
    for layer in network.auto_model.encoder.layer[-LAYERS:]:
        for parameter in layer.parameters():
            parameter.requires_grad = True


def _in_order(dataset: Any, batch_size: int, drop_last: bool, **_: Any) -> Any:  # noqa: ANN401, FBT001 - the trainer's own types
    """The visits as they come: they are arranged for learning already."""
    from sentence_transformers.base.sampler import DefaultBatchSampler
    from torch.utils.data import SequentialSampler

    return DefaultBatchSampler(SequentialSampler(dataset), batch_size=batch_size, drop_last=drop_last)
