"""Trains search on questions whose answers are known: the encoder of the field, and the weights of the ranking.

`python -m graph.search.training LIBRARY QUESTIONS --out FILE` is the command; nothing here is imported at run time.
"""
