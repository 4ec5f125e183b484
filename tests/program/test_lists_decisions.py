"""What rests on the lists: re-screening, ownership, words of people about pairs, the journal of decisions."""
import json
import signal
import time

from program import ProgramTest, main, needs_data, SHARED, start


def sdn(*entries):
    """An SDN file of (number, name) or (number, name, remarks)."""
    return "".join('%d,"%s",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"%s" \r\n' % (e[0], e[1], e[2] if len(e) > 2 else "-0-")
                   for e in entries) + "\x1a"


FIRST = [(1, "SYNTHETIC ROTOR WORKS"), (2, "QUILLPORT HOLDING COMPANY"), (3, "BRASK TRADING"), (4, "VELDAN OPTICS")]


class Decisions(ProgramTest):
    def lists(self, entries, day, *more):
        self.run_program("lists", "import", self.write(f"sdn-{day}.csv", sdn(*entries)), "--dated", day, *more)

    def order(self, **changes):
        order = {"id": "O-1", "date": "2024-03-01", "exporter": {"name": "Example Exporter Inc", "country": "US"},
                 "parties": [{"role": "consignee", "name": "Harmless Imports LLC", "country": "KZ"}],
                 "origin": "US", "departure": "US", "destination": "KZ",
                 "items": [{"line": 1, "description": "garden chairs", "hs": "940171"}]}
        order.update(changes)
        return json.dumps(order)

    def check(self, order, *arguments, **keywords):
        out, _ = self.run_program("check", "-", "--format", "jsonl", *arguments, given=order, **keywords)
        return json.loads(out)

    def consignee(self, decision):
        return next(party for party in decision["parties"] if party["role"] == "consignee")


class Rescreen(Decisions):
    def changed(self, *arguments):
        out, err = self.run_program("rescreen", *arguments)
        return [json.loads(line) for line in out.splitlines()], err

    def test_only_those_concerned_and_the_same_as_everybody(self):
        self.lists(FIRST, "2024-01-01")
        portfolio = self.write("portfolio.csv", "id,name\nC1,Synthetic Rotor Works\nC2,Nobody At All\nC3,Veldan Optics\n"
                                                "C4,Harbour Cranes\nC5,Brask Trading\n")
        state = self.work / "state.json"
        self.changed(portfolio, "--since", "2024-01-01", "--save", state)
        self.valid(json.loads(state.read_text()), "rescreen-state")
        self.lists([(1, "SYNTHETIC ROTOR WORKS"), (2, "QUILLPORT HOLDING COMPANY"), (3, "BRASK TRADING", "Linked To: X."),
                    (5, "HARBOUR CRANES")], "2024-02-01")
        for arguments in (("--since", "2024-01-15"), ("--from", state)):
            lines, err = self.changed(portfolio, *arguments)
            self.assertEqual(["C3", "C4", "C5"], [line["id"] for line in lines])
            self.assertTrue(lines[2]["changed"])
            self.assertEqual(["4"], [hit["id"] for hit in lines[0]["gone"]])
            self.assertEqual(["5"], [hit["id"] for hit in lines[1]["new"]])
            self.assertRegex(err, r"[345] of 5 customers screened again, 3 changed")
            for line in lines:
                self.valid(line, "rescreen")
            everybody, _ = self.changed(portfolio, *arguments, "--everybody")
            self.assertEqual(lines, everybody)
        self.run_program("rescreen", portfolio, expect=2)
        self.run_program("rescreen", portfolio, "--from", self.work / "none.json", expect=4)
        self.run_program("rescreen", portfolio, "--from", self.write("bad.json", "{}"), expect=3)

    @needs_data
    def test_real_lists_equal_a_full_rescreening(self):
        lists = SHARED / "lists"
        for day in ("2022-09", "2023-11"):
            self.run_program("lists", "import", lists / f"bis_dpl_{day}.txt", "--dated", day + "-15")
        self.run_program("lists", "import", lists / "un_consolidated_2026-02-27.xml.gz")
        names = [line.split("\t")[0].strip('"') for line in
                 (lists / "bis_dpl_2023-11.txt").read_text(errors="replace").splitlines()[1:] if line.strip()]
        import csv
        import gzip
        with gzip.open(SHARED / "labelled/synthetic_customers_us.csv.gz", "rt") as file:
            names += [row[next(k for k in row if "name" in k.lower())] for row, _ in zip(csv.DictReader(file), range(800))]
        portfolio = self.write("portfolio.jsonl", "".join(json.dumps({"name": name, "id": str(i)}) + "\n" for i, name in enumerate(names) if name))
        for arguments in (("--since", "2022-09-15"), ("--since", "2023-06-01", "--threshold", "0.3", "--top", "0")):
            some, err = self.changed(portfolio, *arguments)
            everybody, _ = self.changed(portfolio, *arguments, "--everybody")
            self.assertEqual(some, everybody)
            self.assertTrue(some)


class Ownership(Decisions):
    def reached(self, decision):
        return any(rule["id"] == "US-OFAC-50" and rule["status"] == "applies" for rule in decision["rules"])

    def test_direct_indirect_aggregated_dated(self):
        self.lists(FIRST, "2024-01-01")
        owned = lambda *owners: self.order(parties=[{"role": "consignee", "name": "Harmless Imports LLC", "country": "KZ", "owners": list(owners)}])
        rotor, holding = {"name": "Synthetic Rotor Works"}, {"name": "Quillport Holding Company"}
        half = self.check(owned({**rotor, "share_percent": 50}))
        self.assertTrue(self.reached(half), half["rules"])
        self.assertNotEqual("clear", half["outcome"])  # the pack is from memory, so it asks or shows, and does not stop
        hit = self.consignee(half)["hits"][0]
        self.assertEqual(["Harmless Imports LLC", "Synthetic Rotor Works"], hit["path"])
        self.assertTrue(any("50%" in why and "reaches" in why for why in hit["why"]), hit["why"])
        self.assertFalse(self.reached(self.check(owned({**rotor, "share_percent": 49}))))
        together = self.check(owned({**rotor, "share_percent": 30}, {**holding, "share_percent": 20}))
        self.assertTrue(self.reached(together))
        between = {"name": "Middle Shell Ltd", "share_percent": 80, "owners": [{**rotor, "share_percent": 60}]}
        indirect = self.check(owned(between))
        self.assertTrue(self.reached(indirect))
        self.assertEqual(["Harmless Imports LLC", "Middle Shell Ltd", "Synthetic Rotor Works"],
                         next(hit["path"] for hit in self.consignee(indirect)["hits"] if hit["path"]))
        between["owners"][0]["share_percent"] = 40
        self.assertFalse(self.reached(self.check(owned(between))), "whoever owns two fifths of the middle owns nothing of the end")
        self.assertFalse(self.reached(self.check(owned({"name": "Rotor Work Synthesis", "share_percent": 90}))), "a similar name is no owner")
        relations = self.write("relations.csv", "owner,owned,share_percent,from,to,source\n"
                                                "Synthetic Rotor Works,HARMLESS IMPORTS,70,2024-02-01,2024-04-01,register 7\n")
        self.assertTrue(self.reached(self.check(self.order(), "--relations", relations)))
        self.assertFalse(self.reached(self.check(self.order(date="2024-05-01"), "--relations", relations)))
        self.assertFalse(self.reached(self.check(self.order())))
        out, _ = self.run_program("screen", "Harmless Imports", "--relations", relations, "--as-of", "2024-03-01", "--format", "json")
        self.assertIn("register 7", out)
        for bad, field in (("owner,owned\n,x\n", "owner"), ("owner,owned,share_percent\na,b,120\n", "share_percent")):
            _, err = self.run_program("check", "-", "--relations", self.write("bad.csv", bad), given=self.order(), expect=3)
            self.assertIn(field, err)

    def test_owners_that_own_each_other_end(self):
        self.lists(FIRST, "2024-01-01")
        ring = self.write("ring.csv", "owner,owned,share_percent\nA Ring Co,Harmless Imports,60\nB Ring Co,A Ring Co,60\nA Ring Co,B Ring Co,60\n")
        self.assertFalse(self.reached(self.check(self.order(), "--relations", ring)))

    def test_each_regime_its_own(self):
        from program import ROOT
        self.run_program("lists", "import", ROOT / "src/lists/uk_sl/testdata/uk.csv", ROOT / "src/lists/eu_fsf/testdata/eu.xml")
        cases = (("Synthetic Tide", 50, "GB", "2024-06-01", "UK", False), ("Synthetic Tide", 51, "GB", "2024-06-01", "UK", True),
                 ("Mira Alvarez Quill", 50, "DE", "2024-06-01", "EU", False), ("Mira Alvarez Quill", 50, "DE", "2024-08-01", "EU", True))
        for owner, share, exporter, day, regime, expected in cases:
            order = self.order(date=day, exporter={"name": "Example", "country": exporter}, origin=exporter, departure=exporter,
                               parties=[{"role": "consignee", "name": "Harmless Imports LLC", "country": "KZ",
                                         "owners": [{"name": owner, "share_percent": share}]}])
            decision = self.check(order)
            told = any("counts as listed: " + regime in reason for reason in decision["reasons"])
            self.assertEqual(expected, told, (owner, share, day, decision["reasons"]))


class Pairs(Decisions):
    def pair(self, *arguments, expect=0):
        return self.run_program("lists", "pair", "Brasc Trading", "--country", "KZ", "--by", "A. Officer", "--because", "another town", *arguments, expect=expect)

    def test_different_same_and_what_makes_them_fall(self):
        self.lists(FIRST, "2024-01-01")
        order = self.order(parties=[{"role": "consignee", "name": "Brasc Trading", "country": "KZ"}])
        before = self.check(order)
        self.assertIn("consignee", " ".join(before["reasons"]))
        self.assertIn(before["outcome"], ("review", "ask"))
        self.valid(json.loads(self.pair("--different", "ofac_sdn:3", "--format", "json")[0]), "pair")
        standing, _ = self.run_program("lists", "pairs", "--format", "jsonl")
        self.assertEqual(1, len(standing.splitlines()))
        self.valid(json.loads(standing), "pair")
        decision = self.check(order)
        self.assertNotIn("consignee", " ".join(decision["reasons"]))
        hit = self.consignee(decision)["hits"][0]
        self.assertEqual("different", hit["pair"])
        self.assertTrue(any("A. Officer said" in why and "another town" in why for why in hit["why"]))
        self.assertIn("pairs", decision["inputs"])
        out, _ = self.run_program("screen", "BRASC TRADING", "--country", "KZ", "--format", "json")
        self.assertEqual("different", json.loads(out)["hits"][0]["pair"], "the same name in other letters")
        out, _ = self.run_program("screen", "Brasc Trading", "--format", "json")
        self.assertNotIn("pair", json.loads(out)["hits"][0], "a party without its country may be another party")
        self.pair("--same", "ofac_sdn:3")
        self.assertEqual("stop", self.check(order)["outcome"], "a confirmed pair counts as an identifier that agrees")
        self.lists([*FIRST[:2], (3, "BRASK TRADING", "a.k.a. 'B TRADE'."), FIRST[3]], "2024-02-01")
        decision = self.check(order)
        hit = self.consignee(decision)["hits"][0]
        self.assertNotIn("pair", hit)
        self.assertTrue(any("no longer holds" in why for why in hit["why"]))
        self.assertEqual(before["outcome"], decision["outcome"])
        self.pair("--different", "ofac_sdn:3")
        self.pair("--withdraw", "ofac_sdn:3")
        out, _ = self.run_program("lists", "pairs", "--format", "json")
        self.assertEqual("", out)
        self.pair("--different", "ofac_sdn:99", expect=4)
        self.pair("--different", "ofac_sdn", expect=2)
        self.run_program("lists", "pair", "X", "--same", "ofac_sdn:3", "--by", "A", expect=2)
        path = self.data / "pairs.jsonl"
        path.write_bytes(path.read_bytes() + b'{"verdict":"sa')
        self.check(order)  # an unfinished line was never promised
        path.write_bytes(b"no json\n")
        _, err = self.run_program("check", "-", given=order, expect=3)
        self.assertIn("pairs.jsonl:1", err)


class Journal(Decisions):
    def verify(self, *arguments, expect=0):
        return self.run_program("journal", "verify", *arguments, expect=expect)

    def fill(self, count):
        orders = "".join(self.order(id=f"O-{i}") + "\n" for i in range(count))
        out, _ = self.run_program("check", "-", "--journal", "--format", "jsonl", given=orders)
        return out.splitlines()

    def test_changed_missing_and_moved_entries_are_found(self):
        self.lists(FIRST, "2024-01-01")
        self.run_program("journal", "verify", expect=4)
        answered = self.fill(6)
        out, _ = self.verify("--format", "json")
        self.assertEqual(6, json.loads(out)["entries"])
        self.valid(json.loads(out), "journal")
        listed, _ = self.run_program("journal", "list", "--format", "jsonl")
        self.assertEqual(6, len(listed.splitlines()))
        for line in listed.splitlines():
            self.valid(json.loads(line), "journal-entry")
        self.verify("--head", json.loads(out)["head"])
        self.verify("--head", "0" * 63 + "1", expect=3)
        shown, _ = self.run_program("journal", "show", 3)
        self.assertEqual(answered[2], shown.strip())
        path = self.data / "journal.jsonl"
        whole = path.read_bytes()
        lines = whole.splitlines(keepends=True)
        for name, broken in (("changed", whole.replace(b'"O-3"', b'"O-X"', 1)), ("missing", b"".join(lines[:2] + lines[3:])),
                             ("first missing", b"".join(lines[1:])), ("last missing", b"".join(lines[:-1])),
                             ("moved", b"".join([lines[1], lines[0], *lines[2:]])), ("twice", whole + lines[-1]), ("empty", b"")):
            with self.subTest(name):
                path.write_bytes(broken)
                _, err = self.verify(expect=3)
                self.assertIn("journal", err)
        path.unlink()
        self.verify(expect=3)
        path.write_bytes(whole)
        self.verify()

    def test_an_entry_replays_to_the_same_bytes(self):
        self.lists(FIRST, "2024-01-01")
        self.fill(3)
        _, err = self.run_program("journal", "replay")
        self.assertIn("3 decided again, 0 differ", err)
        self.lists(FIRST[:2], "2024-02-01", "--force")
        out, err = self.run_program("journal", "replay", 2, expect=1)
        self.assertIn("watchlist", json.loads(out)["inputs_differ"])
        self.valid(json.loads(out), "journal-replay")
        self.run_program("journal", "replay", 9, expect=2)

    def test_the_setting_of_the_folder(self):
        self.lists(FIRST, "2024-01-01")
        self.check(self.order())
        self.verify(expect=4)
        (self.data / "settings.yaml").write_text("journal: always\n")
        self.check(self.order())
        self.verify()
        (self.data / "settings.yaml").write_text("journal: perhaps\n")
        self.run_program("check", "-", given=self.order(), expect=3)

    def test_killed_at_any_moment_whatever_was_answered_is_there(self):
        self.lists(FIRST, "2024-01-01")
        orders = "".join(self.order(id=f"K-{i}") + "\n" for i in range(400)).encode()
        for wait in (0.15, 0.3, 0.5):
            process = start("check", "-", "--journal", "--format", "jsonl", data=self.data)
            process.stdin.write(orders)
            process.stdin.close()
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            answered = [line for line in process.stdout.read().split(b"\n")[:-1] if line]
            process.wait()
            process.stdout.close()
            process.stderr.close()
            if answered or (self.data / "journal.jsonl").exists():
                kept = (self.data / "journal.jsonl").read_bytes() if (self.data / "journal.jsonl").exists() else b""
                for line in answered:
                    self.assertIn(line, kept)
        self.fill(1)
        self.verify()

    def test_two_programs_at_once(self):
        self.lists(FIRST, "2024-01-01")
        orders = "".join(self.order(id=f"P-{i}") + "\n" for i in range(40)).encode()
        running = [start("check", "-", "--journal", "--format", "jsonl", data=self.data) for _ in range(3)]
        for process in running:
            process.communicate(orders, timeout=120)
            self.assertEqual(0, process.returncode)
        out, _ = self.verify("--format", "json")
        self.assertEqual(120, json.loads(out)["entries"])


if __name__ == "__main__":
    main()
