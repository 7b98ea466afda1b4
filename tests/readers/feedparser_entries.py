"""Fetches a feed with feedparser, conditionally from the second time on; prints its entries as JSON.

feedparser_entries.py URL FILE: FILE keeps the validators from one run to the next.
"""

import calendar
import json
import pathlib
import sys

import feedparser

url, kept = sys.argv[1], pathlib.Path(sys.argv[2])
validators = json.loads(kept.read_text()) if kept.exists() else {}
feed = feedparser.parse(url, **validators)
if feed.bozo:
    sys.exit(f"feedparser finds fault with {url}: {feed.bozo_exception}")
if feed.status != 304:
    kept.write_text(json.dumps({"etag": feed.get("etag"), "modified": feed.get("modified")}))


def shown(entry):
    content = entry.content[0].value if "content" in entry else entry.get("summary", "")
    enclosure = entry.enclosures[0] if entry.enclosures else None
    return {
        "id": entry.id,
        "title": plain(entry.title_detail),
        "link": entry.link,
        "published": calendar.timegm(entry.published_parsed),
        "updated": entry.get("updated"),
        "authors": [author["name"] for author in entry.get("authors", [])],
        "content": content.strip(),
        "enclosure": enclosure
        and {"url": enclosure.href, "media_type": enclosure.type, "length": int(enclosure.length)},
    }


def plain(detail):
    """What a reader that heeds the declared type shows."""
    import html

    return html.unescape(detail.value) if detail.type == "text/html" else detail.value


json.dump({"status": feed.status, "entries": [shown(entry) for entry in feed.entries]}, sys.stdout)
