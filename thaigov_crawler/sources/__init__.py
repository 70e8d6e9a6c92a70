"""The sources: where pages come from. There is a module for each source, and `registry.py` lists them all."""
