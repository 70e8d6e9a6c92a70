"""The file that `scrapyd-deploy` runs to build the egg. Everything about the package is in pyproject.toml.

Without this file scrapyd-deploy would write one of its own, which leaves data files out.
"""

from setuptools import setup

setup()
