import pytest

from ingest.claims.figures_indicator import indicator
from ingest.claims.figures_quantities import quantities
from ingest.claims.figures_scene import Scene


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("截至目前，共吸纳从业人员320人。", "吸纳从业人员"),
        ("联盟已带动新增就业岗位150个。", "新增就业岗位"),
        ("联盟打造出艺术共享空间12个。", "艺术共享空间"),
        ("去年实现村集体经营性收入80万元。", "村集体经营性收入"),
        ("覆盖周边2个乡镇的居民。", "覆盖周边乡镇的居民"),
        ("从县外引进的有88万元。", "县外引进的资金"),
        ("片区人口830户3449人。", "片区人口"),
    ],
)
def test_indicator_is_a_phrase_of_whole_words(text: str, said: str):
    quantity = next(q for q in quantities(text))
    assert indicator(quantity, Scene(text, ())) == said
