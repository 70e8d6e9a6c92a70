"""The command `thaigov`: Scrapy's command line with the settings of this project, in any folder.

`thaigov crawl thaigov -a source=sample` does in any folder what `scrapy crawl thaigov -a source=sample` does in the
checkout. Paths are relative to the folder you are in: without `-s THAIGOV_DIR=…` the output lands in its subfolder
`data`.

Which settings hold:

1. those of the module that the environment variable SCRAPY_SETTINGS_MODULE names, if you have set it. It may begin with
   `from thaigov_crawler.settings import *`, and is found on PYTHONPATH;
2. else those of this project. A scrapy.cfg in the folder or above it does not change that: `thaigov` means the same
   everywhere. If you have a project of your own that builds on this one, use its `scrapy`.
"""

from __future__ import annotations

import os
import sys

from scrapy.cmdline import execute

from thaigov_crawler.errors import PROGRAM


def main() -> None:
    """Run the command line. The process ends with the command's exit status."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "thaigov_crawler.settings")
    sys.argv[0] = PROGRAM  # what messages call the program, also with `python -m thaigov_crawler`
    execute()


if __name__ == "__main__":
    main()
