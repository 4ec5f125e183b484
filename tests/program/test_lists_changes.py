"""A new snapshot laid over the watchlist as changes gives the answers of a watchlist made anew; damaged files are refused."""
import csv
import gzip
import io
import json
import random
import shutil
import signal
import time

from program import ProgramTest, main, needs_data, SHARED, start


def sdn(entries):
    return "".join('%d,"%s",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"-0-" \r\n' % entry for entry in entries) + "\x1a"


def days():
    """(day, text of sdn.csv) for each real version of the list."""
    base = gzip.open(SHARED / "lists/ofac_sdn_2021-08-18.csv.gz", "rt", encoding="latin-1", newline="").read()
    rows = {int(row[0]): row for row in csv.reader(io.StringIO(base.rstrip("\x1a\r\n") + "\n")) if row and row[0].isdigit()}

    def text():
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(rows[key] for key in sorted(rows))
        return out.getvalue() + "\x1a"

    day = "2021-08-18"
    with gzip.open(SHARED / "lists/ofac_sdn_deltas_2021-08-18_2024-05-03.jsonl.gz", "rt") as file:
        for line in file:
            change = json.loads(line)
            if change["ts"][:10] != day:
                yield day, text()
                day = change["ts"][:10]
            if change["op"] == "DEL":
                rows.pop(change["ent_num"], None)
            else:
                rows[change["ent_num"]] = [str(field) for field in change["row"]]
    yield day, text()


class Changes(ProgramTest):
    def answers(self, names, *arguments):
        out, _ = self.run_program("screen", "-", "--top", "0", "--threshold", "0.4", *arguments,
                                  given="".join(json.dumps({"name": name}) + "\n" for name in names))
        return out

    def hash(self):
        order = {"date": "2024-06-01", "parties": [{"role": "consignee", "name": "Nobody At All"}],
                 "items": [{"line": 1, "description": "garden chairs", "hs": "940171"}]}
        out, _ = self.run_program("check", "-", "--format", "jsonl", given=json.dumps(order))
        return json.loads(out)["inputs"]["watchlist"]

    def same_as_anew(self, last, day, names):
        """Rests on changes now; the same made anew must answer alike, byte for byte."""
        self.assertTrue(list(self.data.glob("watchlist-*.tw")), "it rests on changes")
        questions = [(), ("--as-of", "2022-01-31"), ("--explain",), ("--exhaustive",)]
        here = [self.answers(names, *question) for question in questions]
        version = self.hash()
        kept, self.data = self.data, self.work / "anew"
        shutil.rmtree(self.data, True)
        shutil.copytree(kept, self.data)
        self.run_program("lists", "import", last, "--dated", day, "--anew")
        self.assertFalse(list(self.data.glob("watchlist-*.tw")))
        for question, before in zip(questions, here):
            self.assertEqual(before, self.answers(names, *question), question)
        self.assertEqual(version, self.hash())
        self.data = kept

    def test_changes_of_two_lists_that_repeat_each_other(self):
        from program import ROOT
        lists = ROOT / "src/lists"
        first = [(n, f"SYNTHETIC PARTY {n}") for n in range(1, 3000)] + [(10000001, "ALVAREZ QUILL, Mira")]
        self.run_program("lists", "import", self.write("a.csv", sdn(first)), "--dated", "2024-01-01")
        self.run_program("lists", "import", lists / "csl_csv/testdata/csl.csv", "--dated", "2024-01-02")
        self.run_program("lists", "import", lists / "bis_dpl/testdata/dpl.txt", "--dated", "2024-01-02")
        second = [entry for entry in first if entry[0] not in (10000001, 7)][3:] + [(5000, "VELDAN OPTICS"), (7, "SYNTHETIC PARTY SEVEN")]
        names = ["Mira Alvarez Quill", "Synthetic Party Seven", "Veldan Optics", "Synthetic Party 3", "Synthetic Denied", "Quill"]
        last = self.write("b.csv", sdn(second))
        self.run_program("lists", "import", last, "--dated", "2024-02-01")
        self.same_as_anew(last, "2024-02-01", names)
        last = self.write("c.csv", sdn(second + [(10000001, "ALVAREZ QUILL, Mira"), (1, "SYNTHETIC PARTY 1")]))
        self.run_program("lists", "import", last, "--dated", "2024-02-09")
        self.same_as_anew(last, "2024-02-09", names)
        before = self.answers(names)
        self.run_program("lists", "import", last, "--dated", "2024-02-09")
        self.assertEqual(before, self.answers(names), "the same file again")

    @needs_data
    def test_real_days(self):
        self.run_program("lists", "import", SHARED / "lists/bis_dpl_2022-09.txt", "--dated", "2022-09-15")
        rng = random.Random(5)
        by_changes, since = 0, 0
        for number, (day, text) in enumerate(days()):
            if number % 73 > 2:
                continue
            last = self.write(f"sdn-{day}.csv", text.encode("latin-1", "replace"))
            self.run_program("lists", "import", last, "--dated", day)
            laid = bool(list(self.data.glob("watchlist-*.tw")))
            by_changes += laid
            since = since + 1 if laid else 0
            fresh = [row[1] for row in csv.reader(io.StringIO(text)) if len(row) > 1]
            names = [rng.choice(fresh) for _ in range(12)] + fresh[-12:]
            if laid and since == 2:
                self.same_as_anew(last, day, names)
        self.assertGreater(by_changes, 4)

    def test_killed_and_read_while_changes_come(self):
        first = [(n, f"SYNTHETIC PARTY {n}") for n in range(1, 3000)]
        self.run_program("lists", "import", self.write("a.csv", sdn(first)), "--dated", "2024-01-01")
        for step in range(1, 9):
            day = f"2024-01-{step + 1:02d}"
            last = self.write(f"s{step}.csv", sdn(first + [(5000 + n, f"LATER PARTY {n}") for n in range(step)]))
            process = start("lists", "import", last, "--dated", day, data=self.data)
            time.sleep(0.01 * step)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            self.run_program("screen", "Synthetic Party 7", "--format", "json")
            self.run_program("lists", "import", last, "--dated", day)
            out, _ = self.run_program("screen", f"Later Party {step - 1}", "--format", "json")
            self.assertIn(str(5000 + step - 1), [hit["id"] for hit in json.loads(out)["hits"]])

    def test_files_that_are_damaged_older_newer_or_gone(self):
        first = [(n, f"SYNTHETIC PARTY {n}") for n in range(1, 3000)]
        self.run_program("lists", "import", self.write("a.csv", sdn(first)), "--dated", "2024-01-01")
        path = self.data / "watchlist.tw"

        def refused(broken, code=3):
            whole = path.read_bytes()
            path.unlink()
            path.write_bytes(broken)
            _, err = self.run_program("screen", "Synthetic Party 7", expect=code)
            self.assertIn("watchlist", err)
            path.write_bytes(whole)

        for _ in range(2):  # a whole file, then one of changes
            whole = path.read_bytes()
            refused(whole[: len(whole) // 2])
            refused(whole[:100])
            refused(b"")
            for at in (9, 200, len(whole) // 2, len(whole) - 70):
                refused(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1:])
            newer = bytearray(whole)
            newer[12:20] = (99).to_bytes(4, "little") * 2
            refused(bytes(newer))
            older = bytearray(whole)
            older[12:16] = (0).to_bytes(4, "little")
            refused(bytes(older))
            self.run_program("screen", "Synthetic Party 7")
            self.run_program("lists", "import", self.write("b.csv", sdn(first + [(4000, "VELDAN OPTICS")])), "--dated", "2024-01-02")
        base = next(self.data.glob("watchlist-*.tw"))
        kept = base.read_bytes()
        base.unlink()
        self.run_program("screen", "Veldan Optics", expect=4)
        base.write_bytes(kept[:-1])
        self.run_program("screen", "Veldan Optics", expect=3)
        self.run_program("lists", "import", self.work / "b.csv", "--dated", "2024-01-02", "--anew")
        self.run_program("screen", "Veldan Optics")
        (self.data / "history.tw").write_bytes(b"nothing")
        self.run_program("lists", "import", self.write("c.csv", sdn(first)), "--dated", "2024-01-03")
        out, _ = self.run_program("screen", "Veldan Optics", "--format", "json")
        self.assertEqual([], json.loads(out)["hits"])

    def test_a_clock_that_was_set_back(self):
        first = [(n, f"SYNTHETIC PARTY {n}") for n in range(1, 30)]
        self.run_program("lists", "import", self.write("a.csv", sdn(first)))
        status, _ = self.run_program("lists", "status", "--format", "json")
        today = json.loads(status)["lists"][0]["date"]
        folder = next((self.data / "lists/ofac_sdn").iterdir())
        meta = json.loads((folder / "meta.json").read_text())
        meta["date"] = "2999-01-01"
        (folder / "meta.json").write_text(json.dumps(meta))
        _, err = self.run_program("lists", "import", self.write("b.csv", sdn(first[:-1])), expect=3)
        self.assertIn("clock", err)
        self.assertIn(today, err)
        self.run_program("lists", "import", self.write("b.csv", sdn(first[:-1])), "--dated", today)
        self.run_program("lists", "import", self.work / "b.csv", "--dated", "2998-01-01", expect=2)


if __name__ == "__main__":
    main()
