"""django-ninja with its ordinary schemas and pages."""

from tests.peers import stock

application = stock.application("tests.peers.ninja_urls")
