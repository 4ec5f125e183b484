"""Exit codes and messages: bad input has a clear error with its place, and never a crash."""
import json
import os

from program import ProgramTest, main

ORDER = """{"id": "O-1", "date": "2023-10-05", "exporter": {"name": "Example Trading Co., Ltd.", "country": "CN"},
 "parties": [{"role": "consignee", "name": "Invented Import", "country": "RU"}], "origin": "CN", "departure": "CN",
 "destination": "RU", "items": [{"line": 1, "description": "roasted coffee", "hs": "090121"}]}"""


class Messages(ProgramTest):
    def message(self, *arguments, expect, given=""):
        return self.run_program(*arguments, expect=expect, given=given)[1]

    def test_usage(self):
        self.message(expect=2)
        self.message("nonsense", expect=2)
        self.message("check", expect=2)
        self.assertIn("no date", self.message("screen", "x", "--as-of", "tomorrow", expect=2))
        self.assertIn("future", self.message("screen", "x", "--as-of", "2999-01-01", expect=2))
        self.assertIn("ofac_sdn", self.message("screen", "x", "--list", "nowhere", expect=2))
        self.message("screen", "x", "--threshold", "1.5", expect=2)

    def test_help_is_for_people(self):
        out, _ = self.run_program("--help")
        for word in ("inspect", "screen", "check", "lists", "not legal advice"):
            self.assertIn(word, out)
        self.assertIn("Example", self.run_program("inspect", "--help")[0])

    def test_missing_files(self):
        for command in (("check", "none.json"), ("screen", "none.csv"), ("screen", "some/where"),
                        ("inspect", "none.csv", "--out", self.work / "out"), ("layout", "none.csv"),
                        ("lists", "import", "none.csv")):
            self.assertIn("no such file", self.message(*command, expect=4), command)

    def test_a_folder_is_no_file(self):
        folder = self.work / "folder.csv"
        folder.mkdir()
        for command in (("check", folder), ("screen", folder), ("inspect", folder, "--out", self.work / "out"),
                        ("layout", folder), ("lists", "import", folder)):
            self.assertIn("folder", self.message(*command, expect=3), command)

    def test_empty_files(self):
        empty = self.write("empty.csv", "")
        for command in (("check", empty), ("screen", empty), ("inspect", empty, "--out", self.work / "out"),
                        ("layout", empty), ("lists", "import", empty)):
            self.assertIn("empty", self.message(*command, expect=3), command)

    def test_descriptions_of_goods(self):
        out, _ = self.run_program("catalogue", "read", "Quadcopter DJI Mavic 3", "--hs", "9503")
        self.assertRegex(out, r"model +Mavic 3 +95%")
        self.assertIn("code is none for such goods", out)
        out, _ = self.run_program("--format", "json", "catalogue", "read", "combined household freezers, 90 L", "--hs", "9503")
        headings = json.loads(out)["headings"]
        self.assertEqual(json.loads(out)["stated"]["parameters"][0]["name"], "volume")
        self.assertEqual(headings["top"][0]["heading"], "8418")
        self.assertIn("freezer", headings["words"])
        self.assertIn("digits", self.message("catalogue", "read", "x", "--hs", "95x", expect=2))
        texts = self.work / "texts.csv"
        texts.write_text('hs,description\n841810,"combined household freezers"\n')
        self.assertIn("right heading first", self.run_program("eval", "texts", texts)[0])
        texts.write_text("code,description\n1,x\n")
        self.assertIn("no column hs", self.message("eval", "texts", texts, expect=3))

    def test_bad_orders(self):
        for text, needle in (("{", "JSON"), ('{"id": 1, "itms": []}', "items"), (ORDER.replace("consignee", "friend"), "notify_party"),
                             (ORDER.replace('"RU",', '"Atlantis",'), "destination"), (ORDER.replace("2023-10-05", "05.10.2023"), "date"),
                             ("[" * 200 + "]" * 200, "100 levels")):
            with self.subTest(text[:40]):
                self.assertIn(needle, self.message("check", self.write("o.json", text), expect=3))

    def test_a_bad_line_among_good_ones(self):
        orders = self.write("o.jsonl", "\n".join([ORDER.replace("\n", ""), '{"id":', ORDER.replace("\n", "")]) + "\n")
        out, err = self.run_program("check", orders, "--format", "jsonl", expect=3)
        lines = out.splitlines()
        self.assertEqual(len(lines), 3)
        self.assertIn('"error"', lines[1])
        self.assertIn("o.jsonl:2:", err)

    def test_clear_needs_an_official_list(self):
        out, _ = self.run_program("check", self.write("o.json", ORDER), "--format", "jsonl")
        self.assertIn('"outcome":"review"', out)
        self.assertIn("no official list", out)
        out, _ = self.run_program("check", self.write("o.json", ORDER), "--format", "jsonl", "--without-lists")
        self.assertIn('"outcome":"clear"', out)
        self.assertIn("screening was left out", out)

    def test_hostile_names(self):
        for name in ("", "   ", "..", "LLC", "ООО", "!!!", "a" * 8192, "слово " * 200, "\u202eabc\u200b", "Ω" * 5000, "x' OR 1=1 --"):
            with self.subTest(name[:20]):
                self.run_program("screen", name, "--format", "json")

    def test_screening_rows_that_cannot_be_read(self):
        table = self.write("p.csv", b"name,id,schema\nInvented One,1,person\nragged\nInvented Two,2,company\nbad \xff,3,\nOdd,4,ship\n")
        out, _ = self.run_program("screen", table, expect=3)
        lines = out.splitlines()
        self.assertEqual(len(lines), 5)
        self.assertEqual(["error" in line for line in lines], [False, True, False, True, True])
        self.assertIn("name", self.message("screen", self.write("q.csv", "id,what\n1,2\n"), expect=3))

    def test_standard_input_and_closed_output(self):
        out, _ = self.run_program("screen", "-", given="name\nInvented One\n")
        self.assertEqual(len(out.splitlines()), 1)
        status = os.system(f"{os.environ.get('TIDEWAITER', 'build/release/tidewaiter')} --data {self.data} --help | true")
        self.assertEqual(status, 0)

    def test_schemas(self):
        self.assertIn('"Decision"', self.run_program("schema", "decision")[0])
        self.assertIn("screening", self.message("schema", "nothing", expect=2))
        self.message("schema", "../README", expect=2)


if __name__ == "__main__":
    main()
