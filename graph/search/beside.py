"""Threads for what waits on the store or the encoder, so that a question's parts are worked on at once."""

from concurrent.futures import ThreadPoolExecutor

beside = ThreadPoolExecutor(3, thread_name_prefix="search")
