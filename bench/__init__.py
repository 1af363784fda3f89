"""Measurements: quality against annotated reports, speed beside what a user would pick instead."""
