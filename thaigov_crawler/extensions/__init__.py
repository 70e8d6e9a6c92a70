"""The extensions: they work beside the crawl, such as the journal, the run report and the progress bar."""
