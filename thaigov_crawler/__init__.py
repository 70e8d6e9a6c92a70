"""Crawler of the Thai government's news site: article pages in, JSON Lines and SQLite out."""

__version__ = "0.1.0"
