#!/usr/bin/env python3
"""Makes catalogue/facts/opendronelist.yaml from the list of drone models of github.com/dronetag/opendronelist (MIT).

usage: tools/make_catalogue_facts.py opendronelist.csv > catalogue/facts/opendronelist.yaml

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
        yield f"name: mtow, value: {kilograms(mtow)}, unit: kg"
    if weight is not None:
        yield f"name: weight, value: {kilograms(weight)}, unit: kg"
        if mtow is not None and weight < mtow:
            yield f"name: empty_weight, value: {kilograms(weight)}, unit: kg"
        else:
            yield f"name: empty_weight, min: 0, max: {kilograms(weight)}, unit: kg"
    if endurance is not None:
        yield f"name: endurance, value: {endurance:g}, unit: min"
    if row["class"] not in ("", "none"):
        yield f"name: eu_class, value: {row['class']}"
    if row["is_toy"] in ("true", "false"):
        yield f"name: is_toy, value: {row['is_toy']}"


def main():
    print("# Made by tools/make_catalogue_facts.py; do not edit.")
    print("source: opendronelist")
    print("models:")
    with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            print(f"  - brand: \"{row['manufacturer']}\"")
            print(f"    model: \"{row['model' if 'model' in row else 'name']}\"")
            print("    facts:")
            for fact in facts_of(row):
                print(f"      - {{{fact}}}")


if __name__ == "__main__":
    main()
