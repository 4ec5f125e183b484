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

    def test_a_person_decides(self):
        people, out = self.write("people.csv", PEOPLE), self.work / "who.parquet"
        decisions = self.write("d.jsonl", '{"decision": "split", "mentions": ["b:3", "c:3"], "by": "an analyst", "why": "twins"}\n')
        _, err = self.run_program("resolve", people, "--id", "source,id", "--out", out, "--decisions", decisions)
        self.assertIn("mentions of 3 entities", err)

    def test_config_names_columns(self):
        table = self.write("t.csv", "key,who,geb\n1,Mira Alvarquill,1971-06-24\n2,Mira Alvarquill,1971-06-24\n")
        config = self.write("c.yaml", "columns:\n  who: full_name\n  geb: birth_date\n")
        out = self.work / "who.parquet"
        self.run_program("resolve", table, "--id", "key", "--out", out, expect=3)
        _, err = self.run_program("resolve", table, "--id", "key", "--out", out, "--config", config)
        self.assertIn("mentions of 1 entities", err)

    def test_messages(self):
        people, out = self.write("people.csv", PEOPLE), self.work / "who.parquet"
        self.assertIn("occurs twice", self.run_program("resolve", people, "--id", "id", "--out", out, expect=3)[1])
        self.assertIn("no column 'nobody'", self.run_program("resolve", people, "--id", "nobody", "--out", out, expect=2)[1])
        self.run_program("resolve", "none.csv", "--id", "id", "--out", out, expect=4)
        self.run_program("resolve", people, "--id", "source,id", "--out", out, "--threshold", "2", expect=2)


if __name__ == "__main__":
    main()
