"""Settings: every value with its reason beside it. Those named THAIGOV_… are the project's own."""

BOT_NAME = "thaigov_crawler"
SPIDER_MODULES = ["thaigov_crawler.spiders"]
NEWSPIDER_MODULE = "thaigov_crawler.spiders"
COMMANDS_MODULE = "thaigov_crawler.commands"

# --- The project's own ---

# The folder of all output: thaigov.db, thaigov.jsonl. The source `sample` writes to its subfolder sample/.
THAIGOV_DIR = "data"
# The database as an SQLAlchemy URL; None: SQLite, in thaigov.db in THAIGOV_DIR.
THAIGOV_DATABASE = None
# The share of visits that may end malformed or failed before the run counts as incomplete (exit status 4).
THAIGOV_TOLERATED_FAILURES = 0.05
# The web archive of the source `wayback`: an origin alone (the Wayback Machine's addresses), or a pywb collection.
THAIGOV_ARCHIVE = "https://web.archive.org"
# The site of the source `live`: an origin. For mirrors and tests.
THAIGOV_BASE_URL = "https://www.thaigov.go.th"
# Who runs this: an e-mail address or URL, sent to every host in the User-Agent. The source `live` needs it.
THAIGOV_CONTACT = None
# Seconds between queries to an archive's index, and between replays: web.archive.org allows 30 queries a minute and
# about 10 replays a second (2026). Stay at 24 and 8, a little below, as one late request and the next come close.
THAIGOV_CDX_DELAY = 2.6
THAIGOV_REPLAY_DELAY = 0.135
# Seconds that a host is left alone where it asks for a pause and does not say how long; doubled with each further one.
THAIGOV_PAUSE = 60
# Days after which visit=missing asks again for an article ID that was answered as absent, moved or unreadable.
THAIGOV_ABSENT_AGAIN_DAYS = 30
# Keep every response of a network as WARC in THAIGOV_DIR/warc: at a polite rate they cost hours.
THAIGOV_RECORD = True

# --- Where pages come from ---

# Bytes; the largest pages known are below one million.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0

# --- Politeness, for every source on a network ---

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "thaigov-crawler"
DOWNLOADER_MIDDLEWARES = {
    # Ours takes a robots.txt that cannot be read for a no.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "thaigov_crawler.middlewares.robots.RobotsTxtMiddleware": 100,
    # Before the retries, which would ask a host that refuses again; behind the decompression.
    "thaigov_crawler.middlewares.refusals.RefusalMiddleware": 560,
    # Before the decompression, which takes what there is.
    "thaigov_crawler.middlewares.complete.CompletenessMiddleware": 595,
}
# 429 is a pause, not a retry.
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the visit that fails then is logged by its article ID
# What a reader of Thai would send; Scrapy's default asks for English.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
    "Accept-Language": "th,en;q=0.5",
}
DNS_TIMEOUT = 10  # seconds: a machine without network says so soon
DOWNLOAD_DELAY = 1  # seconds: one request a second to a host
DOWNLOAD_DELAY_JITTER = 0  # half a second less would be two requests a second
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_VERIFY_CERTIFICATES = True
COOKIES_ENABLED = False  # nothing here needs a session
METAREFRESH_ENABLED = False  # a page's own redirect would lead away from what was asked for
REDIRECT_ENABLED = False  # a redirect is an outcome (`moved`), not a way

# --- What happens to an article ---

ITEM_PIPELINES = {
    "thaigov_crawler.pipelines.validate.ValidatePipeline": 100,
    # Before what the store holds already is dropped.
    "thaigov_crawler.pipelines.measure.MeasurePipeline": 150,
    "thaigov_crawler.pipelines.deduplicate.DeduplicatePipeline": 200,
    "thaigov_crawler.pipelines.store.StorePipeline": 300,
}
# A page holds one article. Scrapy starts a task for each of these with every page, needed or not.
CONCURRENT_ITEMS = 1
# Nothing here follows links from page to page, which is what these are for; each costs time with every page.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
# Article IDs are our own deduplication; Scrapy's would remember every address of the run.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# The journal: what a run found new or changed, appended.
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
FEED_EXPORT_ENCODING = "utf-8"  # else Thai is written as \u0e23

EXTENSIONS = {
    # First, so that its file has its final name before the report says how the run ended.
    "thaigov_crawler.extensions.recorder.WarcRecorder": 50,
    "thaigov_crawler.extensions.lease.LeaseKeeper": 60,
    "thaigov_crawler.extensions.placement.PlacementWarning": 70,
    # Before the report, which closes the store.
    "thaigov_crawler.extensions.quality.QualityWatch": 90,
    "thaigov_crawler.extensions.report.RunReport": 100,
    "thaigov_crawler.extensions.progress.ProgressBar": 200,
}

# --- Logs and safety ---

LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []  # what a run is made of is no part of its story (see commands/crawl.py)
# Both would execute Python for anyone on this machine.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
