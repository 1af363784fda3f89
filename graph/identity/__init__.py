"""Mentions → entities: which names of different reports mean one thing."""

from graph.identity.derive import derive
from graph.identity.entities import Entities, Entity

__all__ = ["Entities", "Entity", "derive"]
