"""The main job from outside: nothing lost, the same bytes on any number of threads, killed runs, bad rows."""
import csv
import hashlib
import random
import signal
import time

from program import ProgramTest, main, needs_data, SHARED, start

OUTPUTS = ("report.html", "decisions.parquet", "findings.parquet", "lines.parquet", "parties.parquet", "persons.parquet", "rejects.csv", "run.json", "ledger.duckdb")
UNLIKE = ("run.json", "notes.txt")  # which holds seconds; which is the user's


def digests(folder):
    """Of every file of a run that must not differ."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name not in UNLIKE}


class Inspect(ProgramTest):
    def inspect(self, *files, out="run", extra=(), expect=0):
        folder = self.work / out
        got = self.run_program("inspect", *files, "--out", folder, *extra, expect=expect)
        return folder, got

    def test_nothing_is_lost_and_threads_do_not_show(self):
        source = self.synth(5000)
        one, _ = self.inspect(source, out="one", extra=("--threads", 1))
        two, (out, _) = self.inspect(source, out="two", extra=("--threads", 2))
        self.assertEqual(digests(one), digests(two))
        for name in OUTPUTS:
            self.assertTrue((one / name).exists(), name)
        counts = self.run_json(one)["counts"]
        self.assertEqual(counts["rows"], 5000)
        self.assertEqual(counts["rows"], counts["lines"] + counts["rejects"])
        self.assertEqual(counts["rejects"], 0)
        self.assertEqual(counts["lines"], sum(counts[k] for k in ("stop", "ask", "review", "clear")))
        self.assertGreater(counts["clear"], counts["lines"] // 2, "honest lines of ordinary goods are clear")
        self.assertGreater(counts["stop"] + counts["ask"] + counts["review"], 0)
        self.assertTrue(out.splitlines()[-1].endswith("report.html"))
        page = (one / "report.html").read_text()
        self.assertIn("SYNTHETIC", page)
        for loader in ('src="http', "src='http", 'href="http', "@import", "url(http"):
            self.assertNotIn(loader, page, "the page asks for nothing outside")

    def test_a_second_run_replaces_the_first_and_keeps_foreign_files(self):
        source = self.synth(1000)
        folder, _ = self.inspect(source)
        (folder / "notes.txt").write_text("mine")
        before = digests(folder)
        self.inspect(source)
        self.assertEqual(digests(folder), before)
        self.assertEqual((folder / "notes.txt").read_text(), "mine")
        self.assertEqual(sorted(p.name for p in self.work.iterdir() if "unfinished" in p.name), [])

    def test_bad_rows_become_rejects_with_their_reason(self):
        source = self.synth(1000)
        rows = source.read_bytes().split(b"\n")
        rows[10] = b"only,three,fields"
        rows[20] = rows[20].replace(b",", b",\x00", 1)
        rows[30] = b"\xff\xfe" + rows[30]
        broken = self.write("broken.csv", b"\n".join(rows))
        folder, (_, err) = self.inspect(broken)
        counts = self.run_json(folder)["counts"]
        self.assertEqual(counts["rows"], 1000)
        self.assertEqual(counts["rejects"], 3)
        with open(folder / "rejects.csv", encoding="utf-8", newline="") as file:
            rejects = list(csv.DictReader(file))
        self.assertEqual([int(r["row"]) for r in rejects], [10, 20, 30])
        self.assertEqual(list(rejects[0]), ["source", "row", "row_offset", "reason", "text"])
        self.assertTrue(all(r["reason"] for r in rejects))
        self.assertIn("3 of 1000 rows", err)
        self.inspect(broken, out="strict", extra=("--strict",), expect=3)

    def test_what_is_no_table_is_refused_and_the_old_run_stays(self):
        source = self.synth(1000)
        folder, _ = self.inspect(source)
        before = digests(folder)
        for name, content in (("binary.csv", bytes(range(256)) * 50), ("header-only.csv", source.read_bytes().split(b"\n")[0]),
                              ("prose.csv", b"Dear reader,\nthis is a letter.\n")):
            with self.subTest(name):
                self.run_program("inspect", self.write(name, content), "--out", folder, expect=3)
                self.assertEqual(digests(folder), before)
        self.run_program("inspect", source, "--out", folder, "--layout", "nowhere", expect=2)
        self.run_program("inspect", source, "--out", source, expect=3)

    def test_killed_at_any_moment_nothing_good_is_lost(self):
        source = self.synth(20000)
        folder, _ = self.inspect(source)
        before = digests(folder)
        rng = random.Random(7)
        began = time.monotonic()
        self.inspect(source, out="timing")
        length = time.monotonic() - began
        for _ in range(20):
            process = start("inspect", source, "--out", folder, data=self.data)
            time.sleep(rng.uniform(0, length))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            self.assertEqual(digests(folder), before, "the run is whole after a kill")
        self.inspect(source)
        self.assertEqual(digests(folder), before)
        self.assertFalse((self.work / "run.unfinished").exists())

    @needs_data
    def test_the_korean_declarations_without_a_lost_row(self):
        files = [SHARED / f"customs/korea_syn_{part}.csv" for part in ("train", "valid", "test")]
        folder, _ = self.inspect(*files, extra=("--threads", 1))
        second, _ = self.inspect(*files, out="second", extra=("--threads", 2))
        self.assertLessEqual(set(OUTPUTS) - {"run.json"}, set(digests(folder)))
        self.assertEqual(digests(folder), digests(second), "threads do not show in any file")
        run, other = self.run_json(folder), self.run_json(second)
        for name in ("seconds", "threads"):
            run.pop(name), other.pop(name)
        self.assertEqual(run, other)
        self.assertEqual(run["counts"]["rows"], 54000)
        self.assertEqual(run["counts"]["lines"], 54000)
        self.assertEqual(run["counts"]["rejects"], 0)
        self.assertEqual({source["layout"] for source in run["inputs"]}, {"korea-import"})


    def test_a_month_is_judged_on_all_its_days_and_no_date_is_said(self):
        columns = "date,exporter,exporter_country,consignee,consignee_country,description,hs_code,origin,departure,destination\n"
        rest = "SYNTHETIC A,DE,SYNTHETIC B,RU,integrated circuit,8542310000,DE,DE,RU\n"
        days = ("2022-02", "2022-02-20", "2022-02-27", "2022-01", "")
        source = self.write("months.csv", columns + "".join(f"{day},{rest}" for day in days))
        layout = self.write("own.yaml", "name: own\nrecognise: [date]\ndates: [YYYY-MM-DD, YYYY-MM]\ncolumns: {date: date, exporter: exporter.name, "
                            "exporter_country: exporter.country, consignee: consignee.name, consignee_country: consignee.country, description: description, "
                            "hs_code: hs, origin: origin, departure: departure, destination: destination}\n")
        folder, (_, err) = self.inspect(source, extra=("--without-lists", "--layout", layout))
        counts = self.run_json(folder)["counts"]
        self.assertEqual((counts["day_asked"], counts["undated"]), (1, 1), "rules changed on 2022-02-26, and not in January")
        self.assertIn("1 line states no day and was judged on", err)
        page = (folder / "report.html").read_text()
        self.assertIn("On which day was it?", page)
        fixed, _ = self.inspect(source, out="fixed", extra=("--without-lists", "--layout", layout, "--as-of", "2022-02-27"))
        counts = self.run_json(fixed)["counts"]
        self.assertEqual((counts["day_asked"], counts["undated"]), (0, 0), "a stated day holds for every line")


if __name__ == "__main__":
    main()
