#!/usr/bin/env python3
"""Makes catalogue/facts/opendronelist.tsv from the list of drone models of github.com/dronetag/opendronelist (MIT).

usage: tools/make_catalogue_facts.py opendronelist.csv > catalogue/facts/opendronelist.tsv

Only facts are taken: masses (grams in the source), endurance (minutes), EU class, toy or not. The models themselves,
with their other names, are in catalogue/brands/, written by hand.

Where the source gives one mass for both columns, it says nothing of the empty mass but that it is not greater.
"""
import csv
import sys


def number(text):
    return float(text) if text.strip() else None


def kilograms(grams):
    return f"{grams / 1000:g}"


def facts_of(row):
    weight, mtow = number(row["weight"]), number(row["max_takeoff"])
    endurance = number(row["endurance"])
    if mtow is not None:
        yield "mtow", kilograms(mtow), "kg"
    if weight is not None:
        yield "weight", kilograms(weight), "kg"
        below = mtow is not None and weight < mtow
        yield "empty_weight", kilograms(weight) if below else "0.." + kilograms(weight), "kg"
    if endurance is not None:
        yield "endurance", f"{endurance:g}", "min"
    if row["class"] not in ("", "none"):
        yield "eu_class", row["class"], ""
    if row["is_toy"] in ("true", "false"):
        yield "is_toy", row["is_toy"], ""


def main():
    print("# Made by tools/make_catalogue_facts.py; do not edit. MIN..MAX is an interval.")
    print("source\tbrand\tmodel\tname\tvalue\tunit")
    with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for fact in facts_of(row):
                print("\t".join(("opendronelist", row["manufacturer"], row["name"], *fact)))


if __name__ == "__main__":
    main()
