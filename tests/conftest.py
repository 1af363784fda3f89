"""Fixtures that several rooms' tests share."""

import pytest
from made import made_extraction

from graph.records import Extraction


@pytest.fixture
def extraction() -> Extraction:
    return made_extraction()
