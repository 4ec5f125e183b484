"""Whatever is given: a clear message with the place, the right exit status, and nothing lost that was good before."""
import csv
import gzip
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
import unittest
import zipfile

from program import PROGRAM, SHARED, ProgramTest, main, needs_data, start

HEADER = "date,declaration,exporter,importer,description,hs,quantity,net_mass_kg,origin,destination\n"
ROW = "2023-10-05,S-{},Synthetic Alpha Ltd,Synthetic Beta OOO,drone,8806221011,10,8.95,CN,RU\n"
OUTPUTS = ("report.html", "decisions.parquet", "findings.parquet", "lines.parquet", "rejects.csv", "run.json", "ledger.duckdb")
NOBODY = 65534


def rows(count):
    return HEADER + "".join(ROW.format(i) for i in range(count))


class BadInput(ProgramTest):
    def refused(self, path, needle, expect=3, extra=()):
        """`inspect` refuses the file with this word and the file's name, and writes no run."""
        out = self.work / "refused"
        _, err = self.run_program("inspect", path, "--out", out, *extra, expect=expect)
        self.assertIn(needle, err)
        self.assertIn(pathlib.Path(path).name, err)
        self.assertEqual([p.name for p in out.iterdir()] if out.exists() else [], [], "no half of a run")
        return err

    def inspected(self, path, out="run", extra=(), given=""):
        folder = self.work / out
        self.run_program("inspect", path, "--out", folder, *extra, given=given)
        with open(folder / "rejects.csv", encoding="utf-8", newline="") as file:
            return self.run_json(folder)["counts"], list(csv.DictReader(file))

    # ---- bytes

    def test_rows_that_are_no_rows_are_rejects_with_place_and_reason(self):
        text = rows(9).encode().split(b"\n")
        text[2] = b"\xff\xfe" + text[2]
        text[3] = b"ragged,row"
        text[4] = text[4].replace(b"S-3", b'"S-3')
        text[5] = text[5].replace(b"drone", b"dr\0one")
        text[6] += b",one,more"
        text[7] = text[7].replace(b"drone", b'"dr"one')
        counts, rejects = self.inspected(self.write("faults.csv", b"\n".join(text)))
        self.assertEqual((counts["rows"], counts["lines"], counts["rejects"]), (9, 3, 6))
        self.assertEqual([(int(r["row"]), r["reason"]) for r in rejects], [
            (2, "not UTF-8"), (3, "2 fields where the header has 10"), (4, "a quote opens and is never closed"),
            (5, "a NUL byte"), (6, "12 fields where the header has 10"), (7, "text behind a closing quote")])
        offset = int(rejects[1]["row_offset"])
        self.assertEqual(b"\n".join(text)[offset:].split(b"\n")[0], b"ragged,row")

    def test_ten_megabytes_in_one_field(self):
        big = rows(2) + ROW.format("big").replace("drone", '"' + "x" * (11 << 20) + '"') + ROW.format("next")
        counts, rejects = self.inspected(self.write("big.csv", big))
        self.assertEqual((counts["lines"], counts["rejects"]), (3, 1))
        self.assertIn("more than 10 MB", rejects[0]["reason"])

    def test_a_quote_that_never_closes_at_the_end_costs_one_row(self):
        counts, rejects = self.inspected(self.write("open.csv", rows(3) + ROW.replace("S-{}", '"open') + ROW.format(5)))
        self.assertEqual((counts["lines"], counts["rejects"]), (4, 1))
        self.assertEqual(rejects[0]["row"], "4")

    def test_empty_header_only_directory_binary(self):
        self.refused(self.write("empty.csv", ""), "empty")
        self.refused(self.write("blank.csv", "\n\n  \n"), "header")
        self.refused(self.write("header.csv", HEADER), "no rows")
        folder = self.work / "folder.csv"
        folder.mkdir()
        self.refused(folder, "folder")
        self.refused(self.write("noise.csv", random.Random(1).randbytes(20000)), "noise.csv")
        self.refused(self.work / "nowhere.csv", "no such file", expect=4)

    def test_an_unknown_layout_says_how_to_go_on(self):
        path = self.write("odd.csv", "alpha,beta\n1,2\n")
        self.assertIn("--write my.yaml", self.refused(path, "no layout fits"))
        mine = self.work / "my.yaml"
        self.run_program("layout", path, "--write", mine)
        mine.write_text(mine.read_text().replace('"alpha": unknown', '"alpha": importer.name').replace('"beta": unknown', '"beta": hs'))
        _, err = self.run_program("inspect", path, "--out", self.work / "own", "--layout", mine)
        self.assertIn('alpha: taken for importer.name, but 1 of 1 value is not a name, such as "1"', err)
        mine.write_text(mine.read_text().replace("importer.name", "importr.name"))
        _, err = self.run_program("inspect", path, "--out", self.work / "wrong", "--layout", mine, expect=3)
        self.assertIn("my.yaml:", err)
        self.assertIn("importr", err)

    def test_pipes_and_standard_input(self):
        text = rows(5)
        counts, _ = self.inspected("-", "stdin", given=text)
        self.assertEqual(counts["lines"], 5)
        counts, _ = self.inspected("-", "packed", given=gzip.compress(text.encode()))
        self.assertEqual(counts["lines"], 5)
        pipe = self.work / "pipe.csv"
        os.mkfifo(pipe)
        process = start("inspect", pipe, "--out", self.work / "piped", data=self.data)
        pipe.write_text(text)
        process.communicate(timeout=300)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.run_json(self.work / "piped")["counts"]["lines"], 5)
        _, err = self.run_program("inspect", "-", "--out", self.work / "nothing", expect=3)
        self.assertIn("standard input", err)

    # ---- encodings and archives

    def test_encodings_are_told_or_asked_for(self):
        russian = rows(3).replace("Synthetic Beta OOO", "ООО Пример Поставки").replace("drone", "беспилотник с камерой")
        for encoding in ("utf-8-sig", "utf-16", "cp1251"):
            counts, rejects = self.inspected(self.write(f"{encoding}.csv", russian.encode(encoding)), encoding)
            self.assertEqual((counts["lines"], rejects), (3, []), encoding)
        chinese = rows(3).replace("Synthetic Beta OOO", "示例贸易有限公司").replace("drone", "多旋翼无人机")
        counts, _ = self.inspected(self.write("gb.csv", chinese.encode("gb18030")), "gb")
        self.assertEqual(counts["lines"], 3)
        notes = self.run_json(self.work / "gb")["inputs"][0]["notes"]
        self.assertTrue(any("read as gb18030" in note and "%" in note for note in notes), notes)
        counts, _ = self.inspected(self.write("latin.csv", rows(3).replace("Alpha", "Müller").encode("latin-1")), "latin",
                                   ("--encoding", "latin1"))
        self.assertEqual(counts["rejects"], 0)
        self.run_program("inspect", self.work / "gb.csv", "--out", self.work / "x", "--encoding", "klingon", expect=2)

    def workbook(self, name, sheet, more=b""):
        path = self.work / name
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/workbook.xml", f'<workbook xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')
            book.writestr("xl/_rels/workbook.xml.rels",
                          f'<Relationships><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/s.xml"/></Relationships>')
            book.writestr("xl/worksheets/s.xml", sheet)
        return path

    def cells(self, table):
        return "<worksheet><sheetData>" + "".join(
            "<row>" + "".join(f'<c t="str"><v>{cell}</v></c>' for cell in row) + "</row>" for row in table) + "</sheetData></worksheet>"

    def test_workbooks_good_and_hostile(self):
        table = [line.split(",") for line in rows(4).splitlines()]
        counts, _ = self.inspected(self.workbook("good.xlsx", self.cells([["SYNTHETIC export"]] + table)))
        self.assertEqual((counts["lines"], counts["rejects"]), (4, 0))
        bomb = "<worksheet>" + " " * (64 << 20) + "</worksheet>"
        began = time.monotonic()
        self.refused(self.workbook("bomb.xlsx", bomb), "ZIP bomb")
        self.assertLess(time.monotonic() - began, 20)
        entities = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY a{i} "{("&a%d;" % (i - 1) if i else "&a;") * 10}">' for i in range(12)) + "]>"
        self.refused(self.workbook("entities.xlsx", entities + "<worksheet>&a11;</worksheet>"), "document type")
        self.refused(self.workbook("outside.xlsx", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'),
                     "document type")
        whole = (self.work / "good.xlsx").read_bytes()
        self.refused(self.write("half.xlsx", whole[: len(whole) // 2]), "damaged")
        self.refused(self.write("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "old Excel")
        packed = gzip.compress(rows(2000).encode())
        self.refused(self.write("half.csv.gz", packed[: len(packed) // 2]), "cut off")

    def test_an_external_entity_in_a_list_is_not_fetched(self):
        path = self.write("list.xml", '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
                          "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>&x;</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>")
        _, err = self.run_program("lists", "import", path, expect=3)
        self.assertIn("list.xml", err)

    # ---- machine

    def as_nobody(self, *arguments):
        """The program as a user who may read little; skips where that cannot be had."""
        if os.geteuid() != 0:
            return subprocess.run([PROGRAM, "--data", str(self.data), *map(str, arguments)], capture_output=True, text=True)
        try:
            return subprocess.run([PROGRAM, "--data", str(self.data), *map(str, arguments)], capture_output=True, text=True,
                                  user=NOBODY, group=NOBODY, extra_groups=[])
        except PermissionError:
            self.skipTest("SKIPPED: another user cannot start the program here")

    def test_no_permission(self):
        self.work.chmod(0o755)
        closed = self.write("closed.csv", rows(2))
        closed.chmod(0)
        got = self.as_nobody("inspect", closed, "--out", self.work / "out")
        self.assertEqual(got.returncode, 3, got.stderr)
        self.assertIn("ermission", got.stderr)
        open_file = self.write("open.csv", rows(2))
        open_file.chmod(0o644)
        locked = self.work / "locked"
        locked.mkdir(mode=0o555)
        for command in (("inspect", open_file, "--out", locked), ("inspect", open_file, "--out", locked / "below"),
                        ("layout", open_file, "--write", locked / "my.yaml")):
            got = self.as_nobody(*command)
            self.assertEqual(got.returncode, 3, (command, got.stderr))
            self.assertIn("ermission", got.stderr)
            self.assertIn("locked", got.stderr)

    def small_disk(self, size):
        folder = self.work / "disk"
        folder.mkdir()
        if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
                                               capture_output=True).returncode != 0:
            self.skipTest("SKIPPED: no small file system can be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", folder], capture_output=True)
        return folder

    def test_a_full_disk(self):
        source = self.synth(4000)
        self.run_program("inspect", source, "--out", self.work / "roomy")
        needed = sum(path.stat().st_size for path in (self.work / "roomy").iterdir())
        disk = self.small_disk(2 * needed + (1 << 20))
        good = self.synth_small(disk)
        before = {name: (good / name).read_bytes() for name in OUTPUTS}
        for share in (0, .25, .5, .75):
            (disk / "ballast").unlink(missing_ok=True)
            (disk / "ballast").write_bytes(bytes(int(shutil.disk_usage(disk).free - share * needed)))
            _, err = self.run_program("inspect", source, "--out", good, expect=3)
            self.assertRegex(err, "disk is full|[Nn]o space left")
            self.assertEqual({name: (good / name).read_bytes() for name in OUTPUTS}, before, "the run of before is whole")

    def synth_small(self, disk):
        small = self.write("small.csv", rows(3))
        self.run_program("inspect", small, "--out", disk / "run")
        return disk / "run"

    @needs_data
    def test_a_full_disk_while_lists_are_imported(self):
        small = ("lists", "import", SHARED / "lists/bis_dpl_2023-11.txt", "--dated", "2023-11-15")
        large = ("lists", "import", *[SHARED / f"lists/ofac_2024-01/{p}.csv.gz" for p in ("sdn", "alt", "add")], "--dated", "2024-01-15")
        needed = []
        for command in (small, large):
            self.run_program(*command)
            needed.append(sum(p.stat().st_size for p in self.data.rglob("*") if p.is_file()))
        self.data = self.small_disk(sum(needed) // 2)
        self.run_program(*small)
        before, _ = self.run_program("lists", "status", "--format", "json")
        _, err = self.run_program(*large, expect=3)
        self.assertRegex(err, "disk is full|[Nn]o space left")
        self.assertEqual(self.run_program("lists", "status", "--format", "json")[0], before)
        self.run_program("screen", "Synthetic Nobody")

    def test_a_future_as_of_date(self):
        path = self.write("rows.csv", rows(2))
        for command in (("inspect", path, "--out", self.work / "out"), ("screen", "x"), ("check", path)):
            _, err = self.run_program(*command, "--as-of", "2999-01-01", expect=2)
            self.assertIn("future", err)

    @needs_data
    def test_watchlist_files_that_are_damaged_older_newer_or_cut(self):
        self.run_program("lists", "import", SHARED / "lists/bis_dpl_2023-11.txt", "--dated", "2023-11-15")
        path = self.data / "watchlist.tw"
        whole = path.read_bytes()
        middle = len(whole) // 2
        newer = (99).to_bytes(4, "little")
        for name, content in (("damaged", whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:]),
                              ("cut", whole[:middle]), ("empty", b""), ("foreign", b"not a watchlist at all" * 100),
                              ("older", whole[:12] + bytes(4) + whole[16:]), ("newer", whole[:12] + newer + newer + whole[20:])):
            with self.subTest(name):
                path.write_bytes(content)
                for command in (("screen", "x"), ("inspect", self.write("rows.csv", rows(2)), "--out", self.work / "out")):
                    _, err = self.run_program(*command, expect=3)
                    self.assertIn("watchlist.tw", err)
                    if name in ("older", "newer"):
                        self.assertIn("format", err)
        self.assertFalse((self.work / "out" / "run.json").exists())
        path.write_bytes(whole)
        self.run_program("screen", "x")

    def test_two_runs_into_one_folder(self):
        source = self.synth(8000)
        first = start("inspect", source, "--out", self.work / "run", data=self.data)
        second = start("inspect", source, "--out", self.work / "run", data=self.data)
        messages = [process.communicate(timeout=600)[1].decode() for process in (first, second)]
        codes = sorted((first.returncode, second.returncode))
        self.assertIn(codes, ([0, 0], [0, 3]), messages)
        if codes == [0, 3]:
            self.assertIn("another run is writing", messages[0] + messages[1])
        self.assertEqual(self.run_json(self.work / "run")["counts"]["lines"], 8000)

    def test_a_clock_that_jumps(self):
        shim = os.environ.get("TIDEWAITER_JUMPING_CLOCK")
        if not shim or not pathlib.Path(shim).exists():
            self.skipTest("SKIPPED: the jumping clock is not built")
        source = self.write("rows.csv", rows(200))
        self.inspected(source, "steady", ("--as-of", "2024-01-01"))
        for name, extra in (("jumping", {}), ("past", {"TIDEWAITER_CLOCK_DAYS": "-12000"}), ("future", {"TIDEWAITER_CLOCK_DAYS": "9000"})):
            environment = {**os.environ, "LD_PRELOAD": shim, **extra}
            as_of = () if name == "past" else ("--as-of", "2024-01-01")
            process = start("inspect", source, "--out", self.work / name, *as_of, data=self.data, env=environment)
            _, err = process.communicate(timeout=300)
            self.assertEqual(process.returncode, 0, err)
            run = self.run_json(self.work / name)
            self.assertEqual(run["counts"]["lines"], 200)
            self.assertTrue(all(seconds >= 0 for seconds in run["seconds"].values()), run["seconds"])
            if as_of:
                for output in ("lines.parquet", "decisions.parquet"):
                    self.assertEqual((self.work / name / output).read_bytes(), (self.work / "steady" / output).read_bytes())

    def test_killed_at_any_moment_no_half_of_a_run_is_taken_for_a_whole_one(self):
        source = self.synth(6000)
        began = time.monotonic()
        self.inspected(source, "timing")
        length = time.monotonic() - began
        whole = sorted(p.name for p in (self.work / "timing").iterdir())
        self.assertLessEqual(set(OUTPUTS), set(whole))
        rng = random.Random(11)
        for attempt in range(20):
            folder = self.work / f"fresh-{attempt}"
            process = start("inspect", source, "--out", folder, data=self.data)
            time.sleep(rng.uniform(0, length))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            names = sorted(p.name for p in folder.iterdir()) if folder.exists() else []
            self.assertIn(names, ([], whole))
            if names:
                self.assertEqual(self.run_json(folder)["counts"]["lines"], 6000)

    # ---- several files

    def test_the_same_row_and_the_same_file_twice_are_said(self):
        text = rows(3)
        first = self.write("import-side.csv", text + ROW.format(0))
        second = self.write("export-side.csv", text)
        folder = self.work / "both"
        _, err = self.run_program("inspect", first, second, "--out", folder)
        inputs = {one["source"]: one for one in self.run_json(folder)["inputs"]}
        self.assertEqual(inputs["import-side.csv"]["repeated"], 1)
        self.assertEqual(inputs["export-side.csv"]["repeated"], 3)
        self.assertEqual(self.run_json(folder)["counts"]["lines"], 7, "each stays a line of its own")
        self.assertIn("row 4 repeats row 1", json.dumps(inputs))
        self.assertIn("of import-side.csv", json.dumps(inputs))
        self.assertIn("repeat an earlier row", err)
        _, err = self.run_program("inspect", first, first, "--out", self.work / "same", expect=2)
        self.assertIn("import-side.csv", err)


if __name__ == "__main__":
    main()
