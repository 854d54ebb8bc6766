"""Measure what the reading of the same articles costs in several formats, by CPU time; ci/bench runs it.

    python ci/bench_formats.py FILE --articles 2000

FILE is JSON lines, as ci/collection.py makes them. Its first articles are written in each format into a folder that is
removed again, and read once. Reading is `copydesk.readers.read` alone: nothing is checked. The pages are made up: an
article between menus and links, without JSON-LD, so that its text has to be found. Each page is a file, and a record of
a WARC file. Without resiliparse they are left out. It prints what each format cost, as JSON.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from copydesk.readers import read

Article = dict[str, str]

#: How many articles are read before, so that nothing is loaded while the time is taken.
_WARM = 20

_LINKS = "".join(f"<li><a href='/desk/{n}'>Desk {n}</a></li>" for n in range(30))
_PAGE = (
    "<!doctype html><html lang='{language}'><head><title>{headline}</title></head><body><nav><ul>{links}</ul></nav>"
    "<main><article><h1>{headline}</h1>{paragraphs}</article></main><aside><h2>Most read</h2><ul>{links}</ul></aside>"
    "<footer><p>All rights reserved</p></footer></body></html>"
)


def page_of(article: Article) -> str:
    """Return a made page of an article."""
    lines = filter(None, article["body"].split("\n"))
    return _PAGE.format(
        language=article.get("language") or "en",
        headline=html.escape(article.get("headline") or ""),
        links=_LINKS,
        paragraphs="".join(f"<p>{html.escape(line)}</p>" for line in lines),
    )


def write_lines(articles: Sequence[Article], path: Path) -> None:
    """Write JSON lines."""
    path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")


def write_array(articles: Sequence[Article], path: Path) -> None:
    """Write one array of JSON, on a single line."""
    path.write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")


def write_csv(articles: Sequence[Article], path: Path) -> None:
    """Write comma separated values."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(articles[0]), restval="")
        writer.writeheader()
        writer.writerows(articles)


def write_pages(articles: Sequence[Article], path: Path) -> None:
    """Write a folder of HTML pages."""
    path.mkdir()
    for number, article in enumerate(articles):
        (path / f"{number}.html").write_text(page_of(article), encoding="utf-8")


def write_warc(articles: Sequence[Article], path: Path) -> None:
    """Write a WARC file with a response for each page (ISO 28500)."""
    with path.open("wb") as file:
        for number, article in enumerate(articles):
            response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page_of(article).encode()
            head = (
                f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
                f"WARC-Date: 2026-03-01T00:00:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
            )
            file.write(head.encode() + response + b"\r\n\r\n")


#: What writes each format, and the name of its file.
FORMATS: dict[str, tuple[Callable[[Sequence[Article], Path], None], str]] = {
    "JSON lines": (write_lines, "a.jsonl"),
    "JSON: an array on one line": (write_array, "a.json"),
    "CSV": (write_csv, "a.csv"),
    "HTML pages, a file each": (write_pages, "pages"),
    "WARC": (write_warc, "a.warc"),
}
_OF_WEB = ("HTML pages, a file each", "WARC")


def read_all(path: Path) -> int:
    """Read a file or a folder; return how many articles with a text it has."""
    return sum(int((chunk.articles["body"].fill_null("") != "").sum()) for chunk in read(path))


def measured(articles: Sequence[Article], formats: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return for each format how many articles were read, and in how many seconds of CPU time."""
    costs = {}
    for name in formats:
        write, file = FORMATS[name]
        with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
            for some in (articles[:_WARM], articles):
                path = Path(folder, str(len(some)), file)
                path.parent.mkdir(exist_ok=True)
                write(some, path)
                begun = time.process_time()
                count = read_all(path)
                spent = time.process_time() - begun
            costs[name] = {"articles": count, "cpu": spent}
    return costs


def main() -> None:
    """Print what each format cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    given = parser.parse_args()
    with given.file.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in islice(lines, given.articles)]
    has_web = find_spec("resiliparse") is not None
    print(json.dumps(measured(articles, [name for name in FORMATS if has_web or name not in _OF_WEB])))


if __name__ == "__main__":
    main()
