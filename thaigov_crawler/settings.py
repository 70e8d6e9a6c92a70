"""Settings, each with its reason. The names of the project's own settings begin with THAIGOV_."""

import os

BOT_NAME = "thaigov_crawler"
SPIDER_MODULES = ["thaigov_crawler.spiders"]
NEWSPIDER_MODULE = "thaigov_crawler.spiders"
COMMANDS_MODULE = "thaigov_crawler.commands"

# --- The project's own ---

# The folder for all output: thaigov.db, thaigov.jsonl. The source `sample` writes to its subfolder sample/.
THAIGOV_DIR = "data"
# The database as an SQLAlchemy URL. None means the SQLite file thaigov.db in THAIGOV_DIR. The environment may name it:
# on a machine that shares a database with others, a job that forgot to say so must not crawl into one of its own.
THAIGOV_DATABASE = os.environ.get("THAIGOV_DATABASE")
# The share of visits that may end malformed or failed before the run counts as incomplete (exit status 4).
THAIGOV_TOLERATED_FAILURES = 0.05
# The web archive of the source `wayback`. An origin without a path has the addresses of the Wayback Machine; with a
# path it is a pywb collection.
THAIGOV_ARCHIVE = "https://web.archive.org"
# The hosts of the source `commoncrawl`: the list of crawls with their indexes, and the files. Others are for mirrors.
THAIGOV_COMMONCRAWL_INDEX = "https://index.commoncrawl.org/"
THAIGOV_COMMONCRAWL_DATA = "https://data.commoncrawl.org/"
# The origin of the site that the source `live` reads. Change it for a mirror or a test.
THAIGOV_BASE_URL = "https://www.thaigov.go.th"
# The e-mail address or URL of the person who runs this. Every host sees it in the User-Agent. `live` needs it.
THAIGOV_CONTACT = None
# Seconds between two queries to an archive's index, and between two replays. web.archive.org allows 30 queries a minute
# and about 10 replays a second (2026). Ours are about 23 and 7: a late request comes close to the next one.
THAIGOV_CDX_DELAY = 2.6
THAIGOV_REPLAY_DELAY = 0.135
# Seconds between two questions to an index of Common Crawl, which is overloaded and asks for one at a time, and between
# two pages from its files, which allow one a second (2026).
THAIGOV_COMMONCRAWL_INDEX_DELAY = 5
THAIGOV_COMMONCRAWL_DATA_DELAY = 1
# Seconds of the first pause if a host asks for one without saying how long. Each further pause is twice as long.
THAIGOV_PAUSE = 60
# Days after which visit=missing asks again for an article ID whose answer was absent, moved or malformed.
THAIGOV_ABSENT_AGAIN_DAYS = 30
# Keep every response from a network as WARC in THAIGOV_DIR/warc, because fetching at a polite rate takes hours.
THAIGOV_RECORD = True
# Processes that read pages of files and derive fields again, beside the one that stores them. None means the number of
# cores, 8 at most, and no such process on a single core. 0 means none.
THAIGOV_WORKERS = None

# --- Where pages come from ---

# Bytes. The largest known page is smaller than one million.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0

# When a run is stopped, Scrapy's own downloader waits for each answer that is under way.
DOWNLOADER = "thaigov_crawler.middlewares.downloader.LettingGo"

# --- Politeness, for every source on a network ---

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "thaigov-crawler"
DOWNLOADER_MIDDLEWARES = {
    # Ours forbids everything if robots.txt cannot be read.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "thaigov_crawler.middlewares.robots.RobotsTxtMiddleware": 100,
    # It sees a response before the retries, which would ask a refusing host again, and after the decompression.
    "thaigov_crawler.middlewares.refusals.RefusalMiddleware": 560,
    # It sees a response before the decompression, which accepts incomplete bodies.
    "thaigov_crawler.middlewares.complete.CompletenessMiddleware": 595,
}
# 429 is not here: it asks for a pause, not for a retry.
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the visit that then fails is logged with its article ID
# The headers of a browser that prefers Thai; Scrapy's default asks for English.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
    "Accept-Language": "th,en;q=0.5",
}
DNS_TIMEOUT = 10  # seconds: a machine without a network reports it soon
DOWNLOAD_DELAY = 1  # seconds: one request a second to a host
DOWNLOAD_DELAY_JITTER = 0  # with jitter, a delay of half a second would be two requests a second
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_VERIFY_CERTIFICATES = True
COOKIES_ENABLED = False  # nothing here needs a session
METAREFRESH_ENABLED = False  # a redirect in a page would lead to another page
REDIRECT_ENABLED = False  # a redirect is the outcome `moved`; the run does not follow it

# --- What happens to an article ---

ITEM_PIPELINES = {
    "thaigov_crawler.pipelines.validate.ValidatePipeline": 100,
    # It counts every article, so it stands before the pipeline that drops unchanged ones.
    "thaigov_crawler.pipelines.measure.MeasurePipeline": 150,
    "thaigov_crawler.pipelines.deduplicate.DeduplicatePipeline": 200,
    "thaigov_crawler.pipelines.store.StorePipeline": 300,
}
# A page holds one article. Scrapy starts this number of tasks for every page, needed or not.
CONCURRENT_ITEMS = 1
# These are for spiders that follow links from page to page. Ours do not, and each would cost time with every page.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
# The spider asks for each article ID once. Scrapy's own filter would remember every address of the run.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# The journal: a run appends the articles that are new or changed.
FEED_STORAGES = {
    "journal": "thaigov_crawler.extensions.journal.JournalStorage",
    # Scrapy's own would write over the database.
    "": "thaigov_crawler.extensions.feeds.FileStorage",
    "file": "thaigov_crawler.extensions.feeds.FileStorage",
}
# As `scrapy export` writes them: Scrapy's CSV leaves formulas raw.
FEED_EXPORTERS = {
    "csv": "thaigov_crawler.extensions.exporters.CsvExporter",
    "json": "thaigov_crawler.extensions.exporters.JsonExporter",
    "jsonlines": "thaigov_crawler.extensions.exporters.JsonLinesExporter",
    "jsonl": "thaigov_crawler.extensions.exporters.JsonLinesExporter",
    "marshal": "thaigov_crawler.extensions.exporters.MarshalExporter",
    "parquet": "thaigov_crawler.extensions.exporters.ParquetExporter",
    "txt": "thaigov_crawler.extensions.exporters.TextExporter",
}
FEEDS = {
    "journal:%(thaigov_dir)s/thaigov.jsonl": {
        "format": "jsonlines",
        "encoding": "utf-8",
        "store_empty": False,
        "uri_params": "thaigov_crawler.extensions.journal.uri_params",
    }
}
FEED_EXPORT_ENCODING = "utf-8"  # without it Thai is written as \u0e23

EXTENSIONS = {
    # Scrapy's own ends a run well whose feeds are lost.
    "scrapy.extensions.feedexport.FeedExporter": None,
    "thaigov_crawler.extensions.feedexport.Feeds": 0,
    "thaigov_crawler.extensions.completion.JournalCompletion": 10,
    # First: its file gets its final name before the report says how the run ended.
    "thaigov_crawler.extensions.recorder.WarcRecorder": 50,
    "thaigov_crawler.extensions.lease.LeaseKeeper": 60,
    "thaigov_crawler.extensions.placement.PlacementWarning": 70,
    # Before the report, which closes the store.
    "thaigov_crawler.extensions.quality.QualityWatch": 90,
    "thaigov_crawler.extensions.report.RunReport": 100,
    "thaigov_crawler.extensions.progress.ProgressBar": 200,
    # Scrapy's own is imported even if it is off, which takes a tenth of a second at every start.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "thaigov_crawler.extensions.remote.RemoteControl": 300,
}

# --- Logs and safety ---

LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []  # versions of libraries tell nothing about a run (see commands/crawl.py)
# Both would execute Python for everybody on this machine.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
