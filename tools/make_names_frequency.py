#!/usr/bin/env python3
"""Writes reference/names/frequency.tsv: how common a word is as a name, in nats.

From the name counts of the United States Census of 1990 (public domain; the Python package "names" 0.3.0 carries
the three files dist.all.last, dist.female.first, dist.male.first), and reference/names/common_names.tsv for what
is common elsewhere. The smaller figure counts: a name that is common anywhere is weak evidence.

Usage: make_names_frequency.py FOLDER_OF_CENSUS_FILES
"""
import math
import os
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reference", "names")
LEAST_PERCENT = {"dist.all.last": 0.004, "dist.female.first": 0.012, "dist.male.first": 0.012}


def main():
    nats = {}
    for name, least in LEAST_PERCENT.items():
        with open(os.path.join(sys.argv[1], name), encoding="ascii") as f:
            for line in f:
                word, percent = line.split()[:2]
                if float(percent) >= least:
                    value = -math.log(float(percent) / 100)
                    nats[word.lower()] = min(value, nats.get(word.lower(), value))
    with open(os.path.join(HERE, "common_names.tsv"), encoding="utf-8") as f:
        for line in f:
            if line.startswith("#"):
                continue
            value, words = line.rstrip("\n").split("\t")
            for word in words.split(";"):
                word = word.strip()
                nats[word] = min(float(value), nats.get(word, 99))
    by_value = {}
    for word, value in nats.items():
        by_value.setdefault("%.1f" % value, []).append(word)
    with open(os.path.join(HERE, "frequency.tsv"), "w", encoding="utf-8") as f:
        f.write("# Made by tools/make_names_frequency.py: nats, and the words that are worth so many as names.\n")
        for value in sorted(by_value, key=float):
            f.write(value + "\t" + "; ".join(sorted(by_value[value])) + "\n")


main()
