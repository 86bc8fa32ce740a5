#!/usr/bin/env python3
"""Takes the picture of a report's first screen, as README.md shows it.

usage: picture.py REPORT.html PICTURE.png [WIDTH HEIGHT]   needs the packages chromium and python3-websocket
"""
import sys

from chromium import Page


def main():
    html, picture = sys.argv[1:3]
    width, height = map(int, sys.argv[3:5] or (1366, 900))
    page = Page(width, height)
    try:
        page.open(html)
        page.picture(picture)
    finally:
        page.close()


if __name__ == "__main__":
    main()
