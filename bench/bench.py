#!/usr/bin/env python3
"""Prints the measured figures of `make bench`, with the machine. Ratios are of two programs in the same run, in turn.

bench.py [--lines N] [--runs N] [--intake-only]    needs build/release and, for the lists, ../shared/data ($TIDEWAITER_SHARED)
"""
import argparse
import csv
import gzip
import html
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/release/tidewaiter"
INSIDE = ROOT / "build/release/tidewaiter_bench"
SHARED = pathlib.Path(os.environ.get("TIDEWAITER_SHARED", ROOT.parent / "shared")) / "data"


def measured(command):
    """(wall seconds, CPU seconds, peak RSS in MB, standard output) of one run; fails when the command does."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        out.seek(0)
        text = out.read().decode()
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"bench: failed: {' '.join(map(str, command))}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = int(next(line.split()[1] for line in open("/proc/meminfo") if line.startswith("MemTotal"))) / 2**20
    return f"{model}, {os.cpu_count()} threads, {memory:.0f} GiB"


def row(what, value, note=""):
    print(f"  {what:<46} {value:>16}  {note}")


def misspelt(name, rng):
    at = rng.randrange(len(name))
    return name[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + name[at + 1:]


def query_names(count, rng):
    """Distinct names: invented customers, and one in five a listed name with one wrong letter."""
    with gzip.open(SHARED / "labelled/synthetic_customers_us.csv.gz", "rt", encoding="utf-8", newline="") as file:
        customers = [r["full_name"] for r in csv.DictReader(file)]
    with gzip.open(SHARED / "lists/ofac_2024-01/sdn.csv.gz", "rt", encoding="latin-1", newline="") as file:
        listed = [r[1] for r in csv.reader(file) if len(r) > 1]
    rng.shuffle(customers)
    names = [misspelt(rng.choice(listed), rng) if i % 5 == 0 else customers[i % len(customers)] for i in range(count)]
    return list(dict.fromkeys(names))


def bench_delta(work):
    """One more day of the SDN list, laid over OFAC + CSL + UN."""
    base = gzip.open(SHARED / "lists/ofac_sdn_2021-08-18.csv.gz", "rt", encoding="latin-1", newline="").read()
    rows = {int(r[0]): r for r in csv.reader(base.rstrip("\x1a\r\n").splitlines(keepends=True)) if r and r[0].isdigit()}

    def write(name):
        path = work / name
        with open(path, "w", encoding="latin-1", errors="replace", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(rows[key] for key in sorted(rows))
            file.write("\x1a")
        return path

    files, day = [write("day0.csv")], None
    with gzip.open(SHARED / "lists/ofac_sdn_deltas_2021-08-18_2024-05-03.jsonl.gz", "rt") as deltas:
        for line in deltas:
            change = json.loads(line)
            if day not in (None, change["ts"][:10]):
                files.append(write(f"day{len(files)}.csv"))
                if len(files) == 4:
                    break
            day = change["ts"][:10]
            if change["op"] == "DEL":
                rows.pop(change["ent_num"], None)
            else:
                rows[change["ent_num"]] = [str(field) for field in change["row"]]
    data = work / "delta"
    command = [PROGRAM, "--data", data, "lists", "import"]
    for files_of_list, date in (([SHARED / "lists/csl_full_2022-05.csv.gz"], "2021-05-15"), ([files[0]], "2021-08-18"),
                                ([SHARED / "lists/un_consolidated_2026-02-27.xml.gz"], "2021-08-18")):
        measured([*command, *files_of_list, "--dated", date])
    steps = [json.loads(measured([INSIDE, "delta", data, ROOT, files[1]])[3]) for _ in range(5)]
    step = {key: statistics.median(one[key] for one in steps) for key in steps[0]}
    row("a day's delta: apply", f"{step['apply_ms']:.1f} ms", f"{step['apply_cpu_ms']:.1f} ms CPU; {step['came']:.0f} records came, {step['gone']:.0f} went; "
        f"reach 10 ms; then {step['write_ms']:.1f} ms to the disk")
    row("  before it: parse the day's file, open, compare",
        f"{step['parse_ms']:.0f} + {step['open_ms']:.0f} + {step['compare_ms']:.0f} ms")
    for number, path in enumerate(files[1:], 1):
        wall, cpu, rss, _ = measured([*command, path, "--dated", f"2021-08-{18 + number}"])
        row(f"  lists import of the whole file, day {number}", f"{wall:.2f} s", f"{cpu:.2f} CPU s, {rss:.0f} MB")
    opened = [json.loads(measured([INSIDE, "open", data, ROOT])[3]) for _ in range(5)]
    row("  open what rests on changes", f"{statistics.median(o['open_ms'] for o in opened):.1f} ms",
        f"{statistics.median(o['open_cpu_ms'] for o in opened):.1f} ms CPU; reach 10 ms")


def bench_lists(work):
    data = work / "data"
    ofac = [SHARED / f"lists/ofac_2024-01/{part}.csv.gz" for part in ("sdn", "alt", "add")]
    wall, cpu, rss, _ = measured([PROGRAM, "--data", work / "ofac", "lists", "import", *ofac, "--dated", "2024-01-15"])
    row("import OFAC 2024-01", f"{wall:.2f} s", f"{cpu:.2f} CPU s, {rss:.0f} MB; reach 2 s")
    for files, date in ((ofac, "2024-01-15"), ([SHARED / "lists/csl_full_2022-05.csv.gz"], "2022-05-15"),
                        ([SHARED / "lists/un_consolidated_2026-02-27.xml.gz"], "2026-02-27"),
                        ([SHARED / "lists/bis_dpl_2023-11.txt"], "2023-11-15")):
        measured([PROGRAM, "--data", data, "lists", "import", *files, "--dated", date])
    size = (data / "watchlist.tw").stat().st_size / 2**20
    opened = [json.loads(measured([INSIDE, "open", data, ROOT])[3]) for _ in range(5)]
    rss = measured([INSIDE, "open", data, ROOT])[2]
    row("open OFAC + CSL + UN + DPL", f"{statistics.median(o['open_ms'] for o in opened):.1f} ms",
        f"{statistics.median(o['open_cpu_ms'] for o in opened):.1f} ms CPU; {opened[0]['records']} records, file {size:.0f} MB, RSS {rss:.0f} MB; reach 10 ms")
    names = work / "names.txt"
    names.write_text("\n".join(query_names(20000, random.Random(1))), encoding="utf-8")
    wall, cpu, rss, text = measured([INSIDE, "screen", data, ROOT, names])
    got = json.loads(text)
    row("names screened per second per core", f"{got['names'] / got['seconds']:,.0f}",
        f"{got['names']} distinct; p50 {got['p50_us']:.0f} us, p99 {got['p99_us']:.0f} us, max {got['max_us']:.0f} us; RSS {rss:.0f} MB")
    return data


def orders_of(names, rng):
    """One sale a line of ordinary and of drone goods between two invented parties, on few routes."""
    goods = [("DJI Mavic 3", "8806221011"), ("cotton shirts", "620520"), ("desk lamp", "940521"), ("brake pads", "870830"), ("thermal imager", "852589")]
    for i in range(0, len(names) - 1, 2):
        text, hs = goods[rng.randrange(len(goods))]
        yield json.dumps({
            "id": f"SYNTHETIC-{i}", "date": "2023-10-05", "origin": "CN", "departure": "CN", "destination": rng.choice(["RU", "KZ", "DE"]),
            "exporter": {"name": "Synthetic Export Co., Ltd.", "country": "CN"},
            "parties": [{"role": "buyer", "name": names[i], "country": "DE"}, {"role": "consignee", "name": names[i + 1], "country": "KZ"}],
            "items": [{"line": 1, "description": text, "hs": hs, "quantity": rng.randrange(1, 100), "unit": "pcs", "value": rng.randrange(100, 90000), "currency": "USD"}]})


def bench_check(work, data):
    rng = random.Random(2)
    orders = work / "orders.jsonl"
    orders.write_text("\n".join(orders_of(query_names(20000, rng), rng)) + "\n", encoding="utf-8")
    got = json.loads(measured([INSIDE, "check", data, ROOT, orders])[3])
    row("check, two unseen names an order", f"{got['cold_per_second']:,.0f} a second", f"{got['orders']} orders, JSON to JSON, one thread; reach 7,000")
    row("check, the same parties again", f"{got['warm_per_second']:,.0f} a second", "reach 100,000")


def bench_inspect(work, data, lines, runs):
    source = work / "SYNTHETIC.csv"
    wall, _, rss, _ = measured([PROGRAM, "synth", "--lines", lines, "--seed", "bench", "--layout", "russia-import", "--out", source])
    row("synth", f"{lines / wall:,.0f} lines/s", f"{source.stat().st_size / 2**20:.0f} MB, RSS {rss:.0f} MB; reach 100,000")
    ratios, ours, theirs, peaks = [], [], [], []
    for _ in range(runs):
        copy = measured([INSIDE, "copy", source, work / "copy.parquet", os.cpu_count()])
        run = measured([PROGRAM, "--data", data, "inspect", source, "--out", work / "run"])
        ratios.append(run[0] / copy[0])
        ours.append(run[0])
        theirs.append(copy[0])
        peaks.append(run[2])
    row("inspect", f"{lines / statistics.median(ours):,.0f} lines/s", f"{statistics.median(ours):.1f} s, peak RSS {max(peaks):.0f} MB; reach 3,000 MB")
    row("DuckDB's CSV -> zstd Parquet of that file", f"{statistics.median(theirs):.1f} s", f"{os.cpu_count()} threads")
    row("ratio inspect / DuckDB", f"{statistics.median(ratios):.2f}", f"of {', '.join(f'{r:.2f}' for r in ratios)}; reach 6")
    stages = json.loads((work / "run/run.json").read_text())["seconds"]
    row("seconds by stage", "", ", ".join(f"{name} {seconds:.1f}" for name, seconds in stages.items()))


def write_workbook(source, path):
    """The rows of a CSV as a workbook of texts; the standard library has no writer."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book, open(source, encoding="utf-8", newline="") as file:
        book.writestr("xl/workbook.xml", f'<workbook xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels",
                      f'<Relationships><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/s.xml"/></Relationships>')
        with book.open("xl/worksheets/s.xml", "w", force_zip64=True) as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for cells in csv.reader(file):
                sheet.write(("<row>" + "".join(f'<c t="inlineStr"><is><t>{html.escape(c)}</t></is></c>' for c in cells) + "</row>").encode())
            sheet.write(b"</sheetData></worksheet>")


def bench_intake(work, lines, runs):
    """The import alone, by format, beside DuckDB's reader of the same file into a table of texts."""
    source = work / "SYNTHETIC-intake.csv"
    measured([PROGRAM, "synth", "--lines", lines, "--seed", "intake", "--layout", "russia-import", "--out", source])
    megabytes = source.stat().st_size / 1e6
    variants = [("csv", "", "read_csv"), ("tsv", "FORMAT csv, DELIMITER '\t', HEADER", "read_csv"),
                ("jsonl", "FORMAT json", "read_json"), ("parquet", "FORMAT parquet", "read_parquet"),
                ("csv.gz", "FORMAT csv, HEADER, COMPRESSION gzip", "read_csv"),
                ("csv.zst", "FORMAT csv, HEADER, COMPRESSION zstd", "read_csv"), ("xlsx", "", "")]
    threads = os.cpu_count()
    for name, how, reader in variants:
        path = source if name == "csv" else work / f"SYNTHETIC-variant.{name}"
        if name == "xlsx":
            write_workbook(source, path)
        elif name != "csv":
            measured([INSIDE, "convert", source, path, how])
        ours, theirs = [], []
        for _ in range(runs):
            _, cpu, rss, text = measured([INSIDE, "intake", path, ROOT, threads])
            got = json.loads(text)
            if got["lines"] != lines:
                sys.exit(f"bench: {name} gave {got['lines']} lines of {lines}")
            ours.append(got["seconds"])
            if reader:
                theirs.append(json.loads(measured([INSIDE, "table", path, reader, threads])[3])["seconds"])
        beside = f"DuckDB {megabytes / statistics.median(theirs):.0f} MB/s" if reader else "DuckDB: no reader without an extension"
        row(f"intake of {name}", f"{megabytes / statistics.median(ours):,.0f} MB/s",
            f"of {megabytes:.0f} MB as CSV (file {path.stat().st_size / 1e6:.0f} MB), {threads} threads, {cpu:.1f} CPU s, {rss:.0f} MB; {beside}")
        if path != source:
            path.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--intake-only", action="store_true", help="the import by format and nothing else")
    parser.add_argument("--work", type=pathlib.Path, help="folder for the files (default: a temporary one)")
    options = parser.parse_args()
    work = options.work or pathlib.Path(tempfile.mkdtemp(prefix="tidewaiter-bench-"))
    work.mkdir(exist_ok=True)
    print(f"machine: {machine()}")
    try:
        if options.intake_only:
            data = None
        elif not SHARED.is_dir():
            print(f"  lists: SKIPPED, no data at {SHARED}")
            data = work / "none"
        else:
            data = bench_lists(work)
            if not options.intake_only:
                bench_check(work, data)
            bench_delta(work)
        bench_intake(work, options.lines // 5, options.runs)
        if not options.intake_only:
            bench_inspect(work, data, options.lines, options.runs)
    finally:
        if options.work is None:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
