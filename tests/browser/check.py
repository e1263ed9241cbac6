"""Reports in a real browser: wide and narrow, light and dark, and printed.

    check.py CHROMIUM REPORT.html… [--screenshots FOLDER]
"""

import argparse
import pathlib
import sys

from devtools import Browser

CHECKS = (pathlib.Path(__file__).parent / "page.js").read_text()

# Wide enough for a desk, narrow enough for a phone, and a page of A4.
SIZES = [("wide", 1280, 900, "screen"), ("narrow", 390, 844, "screen"), ("paper", 794, 1123, "print")]


# What has to be said of `broken.html`: else nothing said of a report means nothing.
FAULTS = ["the page is 2", "sticks out of the page", "there is a script", "a heading skips a level", "no text in place of a drawing",
          "a figure without caption", "a figure without its numbers", "a table without heads", "a link to nowhere", "contrast 1.",
          "text of 8.0 px", "texts are seen", "console: said", "it asks for file:", "something stays folded away in print"]


def console(event: dict) -> str | None:
    """What an event says that a page should not say."""
    method, of = event.get("method"), event.get("params", {})
    if method == "Runtime.consoleAPICalled":
        return "console: " + " ".join(str(word.get("value")) for word in of["args"])
    if method == "Runtime.exceptionThrown":
        return "exception: " + of["exceptionDetails"]["text"]
    if method == "Log.entryAdded":
        return f"log: {of['entry']['level']}: {of['entry']['text']}"
    if method == "Page.javascriptDialogOpening":
        return "a dialogue opened"
    return None


def look(browser: Browser, report: pathlib.Path, size: tuple, scheme: str, picture: pathlib.Path | None) -> list[str]:
    """What is wrong with a report at that size."""
    name, width, height, medium = size
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.call("Emulation.setEmulatedMedia", media=medium, features=media)
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=name == "narrow")
    browser.events.clear()
    address = report.resolve().as_uri()
    browser.call("Page.navigate", url=address)
    browser.wait("Page.loadEventFired")
    problems = list(browser.evaluate(CHECKS))
    # Where it matters that something is dark, it is.
    paper = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    dark = scheme == "dark" and medium == "screen"
    if (paper == "rgb(255, 255, 255)") == dark:
        problems.append(f"the page is {paper}")
    if medium == "print" and browser.evaluate("[...document.querySelectorAll('details > *:not(summary)')].some(e => !e.checkVisibility())"):
        problems.append("something stays folded away in print")
    if picture:
        browser.screenshot(str(picture))
    for event in browser.events:
        if said := console(event):
            problems.append(said)
        if event.get("method") == "Network.requestWillBeSent" and event["params"]["request"]["url"] != address:
            problems.append("it asks for " + event["params"]["request"]["url"][:80])
    return problems


def main() -> int:
    """Looks at everything, and says what is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("chromium")
    parser.add_argument("reports", nargs="+", type=pathlib.Path)
    parser.add_argument("--screenshots", type=pathlib.Path)
    given = parser.parse_args()
    for report in given.reports:
        if not report.is_file():
            parser.error(f"there is no {report}")
    found = 0
    browser = Browser(given.chromium)
    try:
        broken = pathlib.Path(__file__).parent / "broken.html"
        said = [problem for size in SIZES for problem in look(browser, broken, size, "light", None)]
        for fault in FAULTS:
            if not any(fault in problem for problem in said):
                found += 1
                print(f"not seen in {broken.name}: {fault}")
        for report in given.reports:
            for size in SIZES:
                for scheme in ("light", "dark"):
                    place = f"{report.stem}-{size[0]}-{scheme}"
                    picture = given.screenshots / f"{place}.png" if given.screenshots else None
                    for problem in look(browser, report, size, scheme, picture):
                        found += 1
                        print(f"{place}: {problem}")
    finally:
        browser.close()
    looks = len(given.reports) * len(SIZES) * 2
    print(f"{looks} looks at {len(given.reports)} reports: {found or 'no'} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
