"""Make the pictures of the documentation anew: `python docs/pictures/make.py`.

It crawls the sample into a temporary folder. It opens `scrapy browse`, and the page of `scrapy coverage --html`,
in Chromium, and writes the PNG files beside this script. You need what the tests need
(`pip install -r tests/requirements.txt`), Chromium, and a font with Thai letters
(`apt-get install chromium fonts-noto-core`).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Pixels of the page; the picture has SCALE times as many, so that letters are sharp.
BROWSE_SIZE = {"width": 1000, "height": 752}
COVERAGE_SIZE = {"width": 1000, "height": 864}
SCALE = 1.5
SEARCH = {"_q": "จังหวัด"}


def scrapy(*arguments: str) -> None:
    """Run `scrapy …` in the checkout. Raise CalledProcessError if it fails."""
    subprocess.run([sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, check=True, capture_output=True)


@contextmanager
def browsing(folder: Path) -> Iterator[str]:
    """Run `scrapy browse` on the store in a folder; yield the address that it prints."""
    command = [sys.executable, "-m", "scrapy", "browse", "-s", f"THAIGOV_DIR={folder}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            yield re.match(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        finally:
            server.terminate()


def picture(page: Page, address: str, name: str) -> None:
    """Write what the window shows of an address to docs/pictures/<name>.png."""
    page.goto(address)
    page.evaluate("document.activeElement.blur()")  # no cursor in the search field
    page.wait_for_timeout(500)  # figures are drawn
    page.screenshot(path=HERE / f"{name}.png")


def main() -> None:
    """Make all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("make.py: there is no Chromium on PATH; to install: apt-get install chromium")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        scrapy("crawl", "thaigov", "-a", "source=sample", "-s", f"THAIGOV_DIR={temporary}")
        folder = Path(temporary) / "sample"
        coverage = folder / "coverage.html"
        scrapy("coverage", "-s", f"THAIGOV_DIR={folder}", "--html", str(coverage))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        options = {"device_scale_factor": SCALE, "color_scheme": "light", "locale": "th-TH"}
        with browsing(folder) as address:
            page = browser.new_page(viewport=BROWSE_SIZE, **options)
            picture(page, f"{address}/thaigov/articles?{urlencode(SEARCH)}", "browse")
        picture(browser.new_page(viewport=COVERAGE_SIZE, **options), coverage.as_uri(), "coverage")
        browser.close()


if __name__ == "__main__":
    main()
