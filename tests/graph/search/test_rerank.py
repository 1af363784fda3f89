"""A second look by a cross-encoder: a small one of our own, made here, that truly loads and reads."""

import pytest

from graph.errors import EncoderError
from graph.search import search
from graph.search.rerank import rerank


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with a cross-encoder of one untrained layer, over single characters."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, set_seed

    folder = tmp_path_factory.mktemp("small") / "reader"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"茶叶骑手厂房村联盟驿站分红"]
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    set_seed(1)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


def test_hits_stand_in_the_order_of_its_scores(library, letters, small):
    hits = search(library, "骑手驿站", letters)
    found = rerank(hits, "骑手驿站", str(small))
    assert sorted(hit.report.stem for hit in found) == sorted(hit.report.stem for hit in hits)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert len({hit.score for hit in found}) == len(found)
    assert found[0].reasons[0].feature == "rerank"
    assert found[0].reasons[0].text == "reader 通读后排序"


def test_no_hits_need_no_model(small):
    assert rerank([], "茶", "nowhere") == []


def test_a_model_that_is_not_here_is_named(library, letters):
    with pytest.raises(EncoderError, match="no-such-model"):
        rerank(search(library, "茶叶", letters), "茶叶", "no-such-model")
