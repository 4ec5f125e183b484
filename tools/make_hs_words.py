#!/usr/bin/env python3
"""Makes reference/hs/heading_words.tsv: which words stand in the texts of which HS headings, and how often.

usage: tools/make_hs_words.py harmonized-system-hs2022.csv > reference/hs/heading_words.tsv
       tools/make_hs_words.py --leave-out 5 LEFT_OUT.csv harmonized-system-hs2022.csv > words.tsv
The second form leaves every fifth subheading out and writes its text and heading to LEFT_OUT.csv: `tidewaiter eval texts
LEFT_OUT.csv --words words.tsv` then measures on texts that the table has not seen.

The source is the 2022 nomenclature as open data (PDDL): section,hscode,description,parent,level. A word of a heading's
own text counts twice, of each of its subheadings' texts once. Lines: WORD <tab> HEADING COUNT HEADING COUNT ...; a word
without headings says nothing about goods.
"""
import csv
import re
import sys
from collections import Counter, defaultdict

SAYS_NOTHING = """a an and or of the in for to with whether not other than by on as its their from which at into but if no is are be
this that such any all excluding including excl incl nec item heading headings subheading chapter note specified elsewhere
goods thereof having being used use kind more less least per cent containing contain articles article products product kinds
similar like suitable solely principally only also those these it up over under kg cc mm cm kw kva exceeding weight power
capacity value without new model type size pcs set sets brand""".split()


def stem(word):
    """As src/goods/heading_words.cc does it."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


SILENT = {stem(word) for word in SAYS_NOTHING}


def words(text):
    return {stem(word) for word in re.findall("[a-z]+", text.lower()) if len(word) > 1} - SILENT


def main():
    arguments = sys.argv[1:]
    every = 0
    if arguments[:1] == ["--leave-out"]:
        every, left_out = int(arguments[1]), arguments[2]
        arguments = arguments[3:]
    if len(arguments) != 1:
        sys.exit(__doc__)
    with open(arguments[0], encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if len(row["hscode"]) in (4, 6)]
    subheadings = [row for row in rows if len(row["hscode"]) == 6]
    out = subheadings[::every] if every else []
    skipped = {row["hscode"] for row in out}
    counts = defaultdict(Counter)
    for row in rows:
        if row["hscode"] in skipped:
            continue
        for word in words(row["description"]):
            counts[word][row["hscode"][:4]] += 2 if len(row["hscode"]) == 4 else 1
    print("# Words of the texts of HS 2022 and the headings that they stand in, with how often. Facts of the nomenclature as\n"
          "# open data (PDDL); made by tools/make_hs_words.py. A word without headings says nothing about goods.")
    for word in sorted(set(counts) | SILENT):
        print(word + "\t" + " ".join(f"{heading} {count}" for heading, count in sorted(counts[word].items())))
    if every:
        with open(left_out, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["hs", "description"])
            writer.writerows([row["hscode"], row["description"]] for row in out)


main()
