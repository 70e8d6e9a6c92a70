"""HTML in, raw fields out. Pure: parsel and lxml, nothing of Scrapy, nothing of ours; one module a layout,
and the registry of them."""
