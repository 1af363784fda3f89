"""Records, and what is derived from them: entities, network, search, exports."""
