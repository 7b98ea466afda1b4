"""Updates one feed with reader; prints what it calls new or modified, and all that it shows, as JSON.

reader_update.py URL DATABASE
"""

import html
import json
import sys

from reader import make_reader

url, database = sys.argv[1:]
reader = make_reader(database)
reader.add_feed(url, exist_ok=True)
touched = []
reader.after_entry_update_hooks.append(lambda _, entry, status: touched.append((status.value, entry.id)))
result = reader.update_feed(url)

feed = reader.get_feed(url)
if feed.last_exception:
    sys.exit(f"reader finds fault with {url}: {feed.last_exception}")
counted = [(result.new, "new"), (result.modified, "modified")] if result else []
for count, status in counted:
    if count != sum(kind == status for kind, _ in touched):
        sys.exit(f"reader counts {count} {status} entries, and names {touched}")


def shown(entry):
    content = entry.content[0].value if entry.content else entry.summary or ""
    enclosure = entry.enclosures[0] if entry.enclosures else None
    # It keeps a title that Atom declares as HTML, and not that it is.
    title = html.unescape(entry.title) if "atom.xml" in url and "&lt;" in entry.title else entry.title
    return {
        "id": entry.id,
        "title": title,
        "link": entry.link,
        "published": int(entry.published.timestamp()),
        "authors": [author.name for author in entry.authors],
        "content": content.strip(),
        "enclosure": enclosure
        and {"url": enclosure.href, "media_type": enclosure.type, "length": enclosure.length},
    }


entries = {entry.id: shown(entry) for entry in reader.get_entries()}
json.dump({"news": [entries[id] for _, id in touched], "shown": list(entries.values())}, sys.stdout)
