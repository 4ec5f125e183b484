"""tidewaiter resolve from outside. All people are invented."""
import json
import pathlib

from program import ProgramTest, main

PEOPLE = """id,source,first_name,surname,dob,city,hobby
1,a,Mira,Alvarquill,1971-06-24,Lisbon,chess
2,a,Mira,Alvarquil,1971-05-24,Lisbon,
3,b,Tomas,Benedikter,1980-01-02,Porto,
3,c,Tomas,Benedikter,1980-01-02,,
"""


class Resolve(ProgramTest):
    def test_whole_way(self):
        people, out, why = self.write("people.csv", PEOPLE), self.work / "who.parquet", self.work / "why.jsonl"
        weights = self.work / "weights.json"
        _, err = self.run_program("resolve", people, "--id", "source,id", "--out", out, "--explain", why, "--weights", weights)
        self.assertIn("column 'hobby' is not used", err)
        self.assertLess(err.index("comparisons in"), err.index("mentions of 2 entities"), "told before they are made")
        first = out.read_bytes()
        self.assertTrue(first.startswith(b"PAR1"))
        lines = [json.loads(line) for line in why.read_text().splitlines()]
        self.assertEqual([line["decision"] for line in lines], ["merged", "merged"])
        self.assertIn("family_name", json.loads(weights.read_text())["aspects"])
        self.run_program("resolve", people, "--id", "source,id", "--out", out, "--threads", 4)
        self.assertEqual(out.read_bytes(), first, "the same bytes on any number of threads")

    def snapshots(self, out):
        path = pathlib.Path(f"{out}.snapshots.jsonl") if out.suffix else out / "resolution.snapshots.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()]

    def test_a_person_decides_and_later_runs_keep_it(self):
        people, out = self.write("people.csv", PEOPLE), self.work / "who.parquet"
        resolve = ["resolve", people, "--id", "source,id", "--out", out]
        _, err = self.run_program(*resolve)
        self.assertIn("snapshot 1 (r", err)
        before = out.read_bytes()
        decisions = self.write("d.jsonl", '{"decision": "split", "mentions": ["b:3", "c:3"], "by": "an analyst", '
                               '"on": "2026-03-01", "why": "twins"}\n'
                               '{"decision": "merge", "mentions": ["a:1", "z:9"], "by": "an analyst", "on": "2026-03-01", "why": "?"}\n')
        _, err = self.run_program(*resolve, "--decisions", decisions)
        self.assertIn("mentions of 3 entities", err)
        self.assertIn("there is no 'z:9' here", err)
        self.assertIn(": 1 mentions have another entity than in the file before", err)
        decided = out.read_bytes()
        # More rows, in another order: the decision holds.
        self.write("people.csv", PEOPLE.replace("3,c,", "9,d,Livia,Oravecz,1955-11-30,Porto,\n3,c,"))
        _, err = self.run_program(*resolve, "--decisions", decisions)
        self.assertIn("mentions of 4 entities", err)
        # Without the decision, the first answer again: the same snapshot, under a new number.
        self.write("people.csv", PEOPLE)
        self.run_program(*resolve)
        self.assertEqual(out.read_bytes(), before)
        self.run_program(*resolve)
        log = self.snapshots(out)
        self.assertEqual([line["number"] for line in log], [1, 2, 3, 4])
        self.assertEqual(log[3]["snapshot"], log[0]["snapshot"])
        self.assertEqual(log[3]["previous"], log[2]["snapshot"])
        self.assertEqual(log[1]["changed"], 1)
        self.run_program(*resolve, "--decisions", decisions)
        self.assertEqual(out.read_bytes(), decided)

    def test_what_explains_also_reverses(self):
        people, out, why = self.write("people.csv", PEOPLE), self.work / "who.parquet", self.work / "why.jsonl"
        self.run_program("resolve", people, "--id", "source,id", "--out", out, "--explain", why)
        lines = [json.loads(line) for line in why.read_text().splitlines()]
        self.assertEqual([line["number"] for line in lines], [1, 2])
        decisions = self.write("d.jsonl", "".join(json.dumps(line["to_reverse"]) + "\n" for line in lines))
        _, err = self.run_program("resolve", people, "--id", "source,id", "--out", out, "--decisions", decisions)
        self.assertIn("4 mentions of 4 entities", err)
        self.assertIn("add by, on (a date) and why", err)

    def test_parties_of_inspect(self):
        rows = ["date,exporter_name,importer_name,hs_code,description,value_usd,origin,destination"]
        rows += [f"2024-01-{day:02},{name},Quillfeather Trading LLC,880622,quadcopter,100,CN,KZ" for day, name in
                 enumerate(["Alvarquill Robotics Ltd", "ALVARQUILL ROBOTICS LIMITED", "Benedikter Optik GmbH"], 1)]
        lines, out = self.write("lines.csv", "\n".join(rows) + "\n"), self.work / "run"
        self.run_program("inspect", lines, "--out", out)
        first = self.run_json(out)["resolution"]
        self.assertEqual((first["number"], first["mentions"], first["entities"]), (1, 4, 3))
        self.assertEqual(first["merges"], {"the same name": 1})
        files = {name: (out / name).read_bytes() for name in ["resolution.parquet", "lines.parquet", "parties.parquet"]}
        decisions = self.write("d.jsonl", "".join(json.dumps(
            {"decision": decision, "mentions": [f"lines.csv:{a}:exporter", f"lines.csv:{b}:exporter"], "by": "an analyst",
             "on": "2026-03-01", "why": "papers"}) + "\n" for decision, a, b in [("split", 1, 2), ("merge", 2, 3), ("merge", 1, 9)]))
        for _ in range(2):  # the second run says the same and counts no further
            _, err = self.run_program("inspect", lines, "--out", out, "--decisions", decisions)
            self.assertIn("there is no 'lines.csv:9:exporter' here", err)
            second = self.run_json(out)["resolution"]
            self.assertEqual((second["number"], second["entities"], second["previous"]), (2, 3, first["snapshot"]))
            self.assertEqual(second["merges"], {"a person decided": 1})
        self.run_program("inspect", lines, "--out", out)
        again = self.run_json(out)["resolution"]
        self.assertEqual((again["number"], again["snapshot"]), (3, first["snapshot"]))
        for name, content in files.items():
            self.assertEqual((out / name).read_bytes(), content, name)

    def test_config_names_columns(self):
        table = self.write("t.csv", "key,who,geb\n1,Mira Alvarquill,1971-06-24\n2,Mira Alvarquill,1971-06-24\n")
        config = self.write("c.yaml", "columns:\n  who: full_name\n  geb: birth_date\n")
        out = self.work / "who.parquet"
        self.run_program("resolve", table, "--id", "key", "--out", out, expect=3)
        _, err = self.run_program("resolve", table, "--id", "key", "--out", out, "--config", config)
        self.assertIn("mentions of 1 entities", err)

    def test_party_fields_are_split_and_what_is_shared_is_a_link(self):
        table = self.write("t.csv", 'no,who,mail\n1,"OOO ALVAR, INN 7707083893",a@alvar.test\n'
                           '2,"Alvar OOO 127001 MOSKVA UL. LESNAYA 5 OF 3 INN 7707083893",\n'
                           '3,"Benedikter GmbH, Lesnaya 5 OF 3, 127001 Moskva TEL 495 123-45-67",b@alvar.test\n')
        config = self.write("c.yaml", "columns:\n  who: party\n")
        out, links = self.work / "who.parquet", self.work / "links.jsonl"
        _, err = self.run_program("resolve", table, "--id", "no", "--out", out, "--config", config, "--links", links)
        self.assertIn("3 mentions of 2 entities", err)
        found = [json.loads(line) for line in links.read_text().splitlines()]
        self.assertEqual([(link["kind"], link["value"], sorted(link["mentions"]), link["strength"]) for link in found],
                         [("address", "127001 5 lesnaya moskva u3", ["2", "3"], 1), ("mail_host", "alvar.test", ["1", "3"], 1)])

    def test_messages(self):
        people, out = self.write("people.csv", PEOPLE), self.work / "who.parquet"
        self.assertIn("occurs twice", self.run_program("resolve", people, "--id", "id", "--out", out, expect=3)[1])
        self.assertIn("no column 'nobody'", self.run_program("resolve", people, "--id", "nobody", "--out", out, expect=2)[1])
        self.run_program("resolve", "none.csv", "--id", "id", "--out", out, expect=4)
        self.run_program("resolve", people, "--id", "source,id", "--out", out, "--threshold", "2", expect=2)


if __name__ == "__main__":
    main()
