"""Two real steps of training on the stock encoder: what may learn does, the rest stays, and it comes out the same."""

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from torch import nn

from graph.search.encoder import STOCK_NAME, ensure_model
from graph.search.training.encoder import CaseRankingLoss, train
from graph.search.training.visits import Visit

VISITS = [
    Visit(
        (f"{what}在哪里", f"谁在做{what}", f"{what}带来什么", f"where is {what}", f"{what}怎么办起来"),
        (f"村里办起了{what}，去年每户多收入三千元。", f"{what}由三个村党支部轮流照看。"),
    )
    for what in ("渔灯博物馆", "骑手驿站", "石磨豆腐坊")
]


class Table(nn.Module):
    """A model whose sentence embeddings are looked up."""

    def forward(self, features):
        return {"sentence_embedding": features["vectors"]}


def test_the_loss_is_small_where_questions_lie_at_passages_of_their_case():
    cases = torch.eye(2)
    columns = [{"vectors": cases}] * 7
    near = CaseRankingLoss(Table())(columns)
    far = CaseRankingLoss(Table())([*columns[:5], *[{"vectors": cases.flip(0)}] * 2])
    assert float(near) < 1e-6
    assert float(far) == pytest.approx(30, abs=0.01)


def test_a_question_is_answered_by_any_passage_of_its_case():
    cases = torch.eye(2)
    columns = [*[{"vectors": cases}] * 6, {"vectors": -cases}]
    assert float(CaseRankingLoss(Table())(columns)) < 1e-6


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_training_changes_the_upper_layers_alone_and_always_alike():
    folder = ensure_model(STOCK_NAME)
    before = load_file(str(folder / "model.safetensors"))
    once, again = (train(folder, VISITS * 9, seed=7, threads=1)[0].auto_model.state_dict() for _ in range(2))
    changed = {name for name, value in before.items() if not np.array_equal(once[name].numpy(), value)}
    assert changed
    assert all(int(name.split(".")[2]) >= 6 for name in changed if name.startswith("encoder.layer."))
    assert all(name.startswith("encoder.layer.") for name in changed)
    assert all(torch.equal(once[name], again[name]) for name in changed)
