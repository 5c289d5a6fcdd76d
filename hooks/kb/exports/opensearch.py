"""``opensearch.xml``: browsers search the site from the address bar."""

from __future__ import annotations

from kb.exports.xml import escape, quoteattr
from kb.pages.site import Site

MOST_NAME = 16
"""Characters of a name that the format allows."""


def opensearch(site: Site) -> str:
    """Return the OpenSearch description (1.1)."""
    template = quoteattr(f"{site.site_url}?q={{searchTerms}}")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(site.name[:MOST_NAME])}</ShortName><Description>{escape(site.name)}</Description>"
        "<InputEncoding>UTF-8</InputEncoding>"
        f'<Url type="text/html" template={template}/>'
        "</OpenSearchDescription>\n"
    )
