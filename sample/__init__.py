"""The sample that the package ships: invented articles, the pages around them, and the WARC file that is made of them.

Its data is `thaigov_crawler/sources/sample.warc.gz`, which `python -m sample` writes anew. Tests use the pages and the
WARC files, too.
"""
