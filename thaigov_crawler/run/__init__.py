"""The run: one object for each crawl, with its output folder, its store, its visits and its end."""

from thaigov_crawler.run.run import Run, run_of
from thaigov_crawler.run.visits import visit_ended

__all__ = ["Run", "run_of", "visit_ended"]
