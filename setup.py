"""How `scrapyd-deploy` packs the project. It would write a setup.py of its own, which leaves data files out."""

from setuptools import find_packages, setup

from thaigov_crawler import __version__

setup(
    name="thaigov-crawler",
    version=__version__,
    packages=find_packages(include=["thaigov_crawler", "thaigov_crawler.*"]),
    package_data={"": ["**"]},  # every file, in subfolders that are no packages, too
    exclude_package_data={"": ["**/*.pyc"]},
    entry_points={"scrapy": ["settings = thaigov_crawler.settings"]},  # where Scrapyd finds the settings
)
