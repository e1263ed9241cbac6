"""Writes prompts.jsonl and rollouts.jsonl: a synthetic stand-in for an initial policy, the same on every run.

The policy keeps most rules most of the time and all of them seldom, as real initial policies do; it is better at some
prompts than at others.
"""

import json
import random
from pathlib import Path

CHANGES = [
    ("Retry uploads after a timeout", "the storage service drops idle connections after a minute"),
    ("Reject tokens without an expiry", "a token that never expires cannot be revoked by waiting"),
    ("Cache the parsed routing table", "parsing it took a third of every request"),
    ("Log the request id on errors", "support could not match a report to a trace"),
    ("Drop the legacy export format", "nobody has asked for it since the spring release"),
    ("Validate dates before saving", "February 30 reached the billing report"),
    ("Split the worker pool by priority", "a nightly import starved interactive jobs"),
    ("Escape names in the CSV export", "a comma in a surname moved every later column"),
    ("Use a monotonic clock for leases", "a clock step released locks that were still held"),
    ("Fail the build on unused imports", "they hid a dependency that had been removed"),
    ("Bound the size of search results", "one query could exhaust the memory of a node"),
    ("Show the reason a login failed", "users retried with a password that had expired"),
    ("Close files when parsing fails", "the daemon ran out of descriptors overnight"),
    ("Sort plugins before loading them", "the order depended on the file system"),
    ("Send metrics over one connection", "each worker opened a connection of its own"),
    ("Let admins pause a subscription", "the only way was to cancel and start again"),
    ("Check the checksum of downloads", "a truncated archive was unpacked without complaint"),
    ("Name threads after their queue", "a profile showed forty threads called worker"),
    ("Return 409 when a name is taken", "clients could not tell it from a bad request"),
    ("Make the retry delay configurable", "some backends ask for more than five seconds"),
]
PREFACES = ["Sure! Here is the commit message:\n\n", "Here is a message you can use:\n\n", "Certainly. "]
TAILS = ["so that the behaviour is finally consistent across every environment we run", "as discussed in the review"]


def completion(rng, skill, subject, reason, ticket):
    keeps = lambda base: rng.random() < base * skill
    line = subject if keeps(0.75) else f"{subject} {rng.choice(TAILS)}"
    line += "" if keeps(0.85) else "."
    body = f"Before this change {reason}, which is what this commit sets out to mend once and for all."
    if keeps(0.6):
        middle = body.index(" ", len(body) // 2)
        body = body[:middle] + "\n" + body[middle + 1 :]
    parts = [line, body] + ([f"Refs {ticket}"] if keeps(0.55) else [])
    text = "\n\n".join(parts)
    if not keeps(0.8):
        text = rng.choice(PREFACES) + text
    if rng.random() < 0.03:
        text = "<think>The subject should be short. " + text
    return text


def main():
    rng = random.Random(20261123)
    here = Path(__file__).parent
    with open(here / "prompts.jsonl", "w") as prompts, open(here / "rollouts.jsonl", "w") as rollouts:
        for number, (subject, reason) in enumerate(CHANGES, 101):
            ticket = f"FM-{number}"
            prompt = f"Write the commit message of this change ({ticket}): {subject.lower()}, because {reason}."
            print(json.dumps({"id": ticket, "prompt": prompt, "tickets": [ticket]}), file=prompts)
            skill = min(1.15, max(0.55, rng.gauss(0.9, 0.18)))
            completions = [completion(rng, skill, subject, reason, ticket) for _ in range(16)]
            print(json.dumps({"id": ticket, "completions": completions}), file=rollouts)


if __name__ == "__main__":
    main()
