#!/usr/bin/env python3
"""Makes reference/hs/concordance.tsv from a published concordance of the Harmonized System.

usage: tools/make_hs_concordance.py HS_consolidated_comtrade_concordances.csv > reference/hs/concordance.tsv

The source is a CSV of pairs (code.after, code.before, Relationship, adjustment), from UN Comtrade's correlation
tables. Only the facts that the engine needs are kept: the pairs of the chapters below, for the editions
1992 to 2022. Relationship is left out: it follows from the pairs. So are the links
into electronic waste (8549): see is_waste. A code that
a step leaves as it is (one before, the same one after, no other pair of either) gives a short line of its own.

Two kinds of lines, tab-separated, sorted:
  link  EDITION  BEFORE  AFTER   the pair of the step that ends in EDITION
  code  EDITION  CODE            CODE is the same in EDITION and in the edition before it
"""
import csv
import sys
from collections import defaultdict

CHAPTERS = {"84", "85", "88", "90", "93", "95"}
# Headings of other chapters that the rules name, or under which accessories travel.
HEADINGS = {"7326", "8203", "8205", "8215", "7323"}
EDITIONS = [1992, 1996, 2002, 2007, 2012, 2017, 2022]


def wanted(code):
    return code[:2] in CHAPTERS or code[:4] in HEADINGS


def is_waste(before, after):
    """Heading 8549 of 2022 gathers the electronic waste and scrap of a thousand older codes. Followed, those links
    would make every code of machines ambiguous; goods in trade are not the waste of such goods."""
    return after.startswith("8549") and not before.startswith("8548")


def read(path):
    steps = defaultdict(set)
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            after, before = (int(word) for word in row["adjustment"].split(" to "))
            pair = (row["code.before"].zfill(6), row["code.after"].zfill(6))
            if after in EDITIONS and before in EDITIONS and not is_waste(*pair):
                steps[after].add(pair)
    return steps


def main():
    steps = read(sys.argv[1])
    print("# HS 1992 to 2022, chapters " + ", ".join(sorted(CHAPTERS)) + " and what is linked with them.")
    print("# Facts of the UN Comtrade correlation tables; made by tools/make_hs_concordance.py. See NOTICE.")
    for edition in sorted(steps):
        pairs = steps[edition]
        kept = {pair for pair in pairs if wanted(pair[0]) or wanted(pair[1])}
        # The other links of a partner outside: whether a pair is 1:n or n:n depends on them.
        befores, afters = {p[0] for p in kept}, {p[1] for p in kept}
        kept |= {pair for pair in pairs if pair[0] in befores or pair[1] in afters}
        targets, sources = defaultdict(int), defaultdict(int)
        for before, after in kept:
            targets[before] += 1
            sources[after] += 1
        for before, after in sorted(kept):
            if before == after and targets[before] == 1 and sources[after] == 1:
                print(f"code\t{edition}\t{before}")
            else:
                print(f"link\t{edition}\t{before}\t{after}")


if __name__ == "__main__":
    main()
