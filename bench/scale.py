#!/usr/bin/env python3
"""Cost of screening against the size of the list: imports made-up lists of growing size and screens unseen names.

scale.py [--parties N,N,...] [--names N] [--table FILE.tsv] [--plot FILE.svg] [--work FOLDER] [--keep]
scale.py --plot FILE.svg --from FILE.tsv         draws what was measured before

The parties are SYNTHETIC: words of OFAC names in new orders, drawn as often as OFAC has them, one word in ten with a
wrong letter, so that the vocabulary grows with the list. The names asked for were not asked before: four in five are
invented customers, one in five is a listed name with one wrong letter. Needs build/release and ../shared/data.
"""
import argparse
import csv
import gzip
import json
import math
import pathlib
import random
import shutil
import statistics
import tempfile

import bench

COLUMNS = ["parties", "file_mb", "import_s", "import_cpu_s", "import_rss_mb", "open_ms", "names", "per_second", "p50_us", "p99_us", "max_us", "screen_rss_mb"]
MAPPING = """list: synthetic_scale
columns:
  id: id
  name: name
  kind: kind
  birth_date: born
  country: country
"""
KINDS = {"individual": "person", "-0-": "organization", "vessel": "vessel", "aircraft": "aircraft"}
COUNTRIES = ["RU", "IR", "CN", "SY", "AE", "TR", "MX", "CO", "VE", "BY", "IQ", "LB", ""]


def listed_words():
    """By kind of party: the words of OFAC names, and how many words a name has; both as often as they occur."""
    words, lengths = {}, {}
    with gzip.open(bench.SHARED / "lists/ofac_2024-01/sdn.csv.gz", "rt", encoding="latin-1", newline="") as file:
        for fields in csv.reader(file):
            if len(fields) < 3:
                continue
            kind = KINDS[fields[2].strip()]
            name = fields[1].replace(",", " ").split()
            words.setdefault(kind, []).extend(name)
            lengths.setdefault(kind, []).append(len(name))
    return words, lengths


def write_parties(path, count, rng):
    """A CSV of so many parties; returns some of the names, evenly over the list."""
    words, lengths = listed_words()
    kinds = [kind for kind in lengths for _ in range(len(lengths[kind]))]
    some, step = [], max(1, count // 20000)
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["id", "name", "kind", "born", "country"])
        for number in range(count):
            kind = rng.choice(kinds)
            name = rng.choices(words[kind], k=rng.choice(lengths[kind]))
            if rng.random() < 0.1 * len(name):
                at = rng.randrange(len(name))
                name[at] = bench.misspelt(name[at], rng)
            text = " ".join(name)
            born = str(rng.randrange(1940, 2000)) if kind == "person" else ""
            rows.writerow([f"S{number}", text, kind, born, rng.choice(COUNTRIES)])
            if number % step == 0:
                some.append(text)
    return some


def write_names(path, count, listed, rng):
    with gzip.open(bench.SHARED / "labelled/synthetic_customers_us.csv.gz", "rt", encoding="utf-8", newline="") as file:
        customers = [r["full_name"] for r in csv.DictReader(file)]
    rng.shuffle(customers)
    names = [bench.misspelt(rng.choice(listed), rng) if i % 5 == 0 else customers[i % len(customers)] for i in range(count)]
    path.write_text("\n".join(dict.fromkeys(names)), encoding="utf-8")


def measure(work, parties, names):
    """One row of the table."""
    work.mkdir(parents=True, exist_ok=True)
    rng = random.Random(parties)
    source, mapping, data, asked = work / "SYNTHETIC.csv", work / "mapping.yaml", work / "data", work / "names.txt"
    mapping.write_text(MAPPING, encoding="utf-8")
    if not source.exists():
        write_names(asked, names, write_parties(source, parties, rng), rng)
    shutil.rmtree(data, ignore_errors=True)
    wall, cpu, rss, _ = bench.measured([bench.PROGRAM, "--data", data, "lists", "import", source, "--map", mapping, "--dated", "2024-01-15"])
    opened = [json.loads(bench.measured([bench.INSIDE, "open", data, bench.ROOT])[3]) for _ in range(3)]
    _, _, screen_rss, text = bench.measured([bench.INSIDE, "screen", data, bench.ROOT, asked])
    got = json.loads(text)
    size = (data / "watchlist.tw").stat().st_size / 2**20
    values = [parties, size, wall, cpu, rss, statistics.median(o["open_ms"] for o in opened), got["names"], got["names"] / got["seconds"],
              got["p50_us"], got["p99_us"], got["max_us"], screen_rss]
    return dict(zip(COLUMNS, (round(value, 1) for value in values)))


def text_at(x, y, text, anchor="middle"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{text}</text>'


def panel(left, title, rows, series):
    """One chart, both scales logarithmic. `series`: (column, label, colour, factor)."""
    width, height, top = 300, 240, 50
    points = [row[column] * factor for column, _, _, factor in series for row in rows]
    low, high = math.floor(math.log10(min(points))), math.ceil(math.log10(max(points)))
    first, last = math.log10(rows[0]["parties"]), math.log10(rows[-1]["parties"])
    at_x = lambda parties: left + (math.log10(parties) - first) / (last - first) * width
    at_y = lambda value: top + height - (math.log10(value) - low) / (high - low) * height
    out = [text_at(left + width / 2, 24, title), f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="#888"/>']
    for power in range(low, high + 1):
        y = at_y(10**power)
        out += [f'<line x1="{left}" x2="{left + width}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>', text_at(left - 6, y + 4, f"{10**power:,g}", "end")]
    for row in rows:
        parties = row["parties"]
        out.append(text_at(at_x(parties), top + height + 16, f"{parties / 1e6:g}M" if parties >= 1e6 else f"{parties / 1e3:g}k"))
    for number, (column, label, colour, factor) in enumerate(series):
        line = " ".join(f"{at_x(row['parties']):.1f},{at_y(row[column] * factor):.1f}" for row in rows)
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{at_x(row["parties"]):.1f}" cy="{at_y(row[column] * factor):.1f}" r="3" fill="{colour}"/>' for row in rows]
        out.append(f'<text x="{left + 8 + 145 * (number % 2)}" y="{top + height + 36 + 16 * (number // 2)}" fill="{colour}">{label}</text>')
    return "\n".join(out)


def plot(rows, path):
    panels = [panel(70, "Names screened a second, one core", rows, [("per_second", "names a second", "#1b6ca8", 1)]),
              panel(450, "Milliseconds a name, cold", rows, [("p50_us", "median", "#1b6ca8", 1e-3), ("p99_us", "p99", "#b3541e", 1e-3)]),
              panel(830, "Megabytes", rows, [("file_mb", "file", "#1b6ca8", 1), ("import_rss_mb", "peak of the import", "#b3541e", 1), ("screen_rss_mb", "while screening", "#3c7a3c", 1)])]
    body = "\n".join(panels)
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1160 350" font-family="sans-serif" font-size="12">\n'
                    f'<rect width="1160" height="350" fill="#fff"/>\n{body}\n</svg>\n', encoding="utf-8")


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file, delimiter="\t")]


def write_table(rows, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parties", default="30000,300000,1000000,5000000")
    parser.add_argument("--names", type=int, default=20000)
    parser.add_argument("--table", type=pathlib.Path, help="write the figures here")
    parser.add_argument("--plot", type=pathlib.Path, help="draw them here")
    parser.add_argument("--from", dest="source", type=pathlib.Path, help="a table of before; nothing is measured")
    parser.add_argument("--work", type=pathlib.Path, help="folder for the files (default: a temporary one)")
    parser.add_argument("--keep", action="store_true", help="leave the files there")
    options = parser.parse_args()
    rows = read_table(options.source) if options.source else []
    work = options.work or pathlib.Path(tempfile.mkdtemp(prefix="tidewaiter-scale-"))
    if not options.source:
        print(f"machine: {bench.machine()}", flush=True)
        for parties in map(int, options.parties.split(",")):
            rows.append(measure(work / str(parties), parties, options.names))
            print(json.dumps(rows[-1]), flush=True)
            if not options.keep:
                shutil.rmtree(work / str(parties))
    if options.table:
        write_table(rows, options.table)
    if options.plot:
        plot(rows, options.plot)
    if options.work is None:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
