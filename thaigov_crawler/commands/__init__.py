"""Commands of the project, run as `scrapy <command>`."""
