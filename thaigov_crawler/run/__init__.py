"""One object a crawl: where its output lies, its store, its visits and how it ends."""

from thaigov_crawler.run.run import Run, run_of, visit_ended

__all__ = ["Run", "run_of", "visit_ended"]
