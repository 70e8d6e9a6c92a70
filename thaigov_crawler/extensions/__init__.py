"""What happens beside the crawl: the journal, the run report, the progress bar."""
