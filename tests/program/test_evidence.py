"""Questions to a run from outside: indicators of one's own, routes, figures, replay elsewhere, dossiers."""
import json
import shutil

import jsonschema
from program import ProgramTest, ROOT, main

OWN = """-- key: dear
-- title: Dear lines
-- subject: party
-- needs: value_usd
-- parameter: usd = 100000 | dollars
SELECT recipient AS subject, recipient_name AS subject_name, source, row_no, day, 'dear' AS statistic
FROM trades WHERE value_usd > :usd AND recipient IS NOT NULL
"""


class Evidence(ProgramTest):
    def generic_run(self, lines=4000):
        source = self.work / "SYNTHETIC.csv"
        self.run_program("synth", "--lines", lines, "--seed", "evidence", "--layout", "generic", "--out", source)
        self.run_program("inspect", source, "--out", self.work / "run", "--indicator", self.write("dear.sql", OWN))
        return source, self.work / "run"

    def test_figure_replay_dossier_and_trace(self):
        source, run = self.generic_run()
        out, _ = self.run_program("figure", "--run", run, "--goods", "drones", "--by", "brand,exporter,route", "--save",
                                  self.work / "figure.json", "--export", self.work / "exported")
        self.assertIn("[without disputed rows, total]", out)
        self.assertIn("scope ", out)
        saved = (self.work / "figure.json").read_bytes()
        figure = json.loads(saved)
        jsonschema.Draft202012Validator(json.loads((ROOT / "schemas/figure.schema.json").read_text())).validate(figure)
        self.assertGreater(figure["total"]["all"]["lines"], 0)
        self.assertEqual(figure["total"]["value_usd"][0], figure["total"]["value_usd"][1])
        self.assertEqual(sum(line["all"]["lines"] for line in figure["lines"]), figure["total"]["all"]["lines"])

        # The same here, on another machine, and against the bytes of the file.
        self.run_program("replay", self.work / "figure.json", "--run", run, "--file", source)
        shutil.rmtree(run)
        self.run_program("replay", self.work / "exported")
        self.assertEqual((self.work / "exported/figure.json").read_bytes(), saved)

        # One changed byte of one row is found and named.
        source_name, row = figure["rows"][0][0], figure["rows"][0][1]
        changed = source.read_bytes().split(b"\n")
        changed[row] = changed[row].replace(b"SYNTHETIC", b"SYNTHETIK", 1)
        source.write_bytes(b"\n".join(changed))
        _, err = self.run_program("replay", self.work / "exported", "--file", source, expect=3)
        self.assertIn(f"row {row} of {source_name} has other bytes", err)

        # So is a figure that somebody edited.
        figure["total"]["value_usd"][1] += 1
        (self.work / "exported/figure.json").write_text(json.dumps(figure))
        _, err = self.run_program("replay", self.work / "exported", expect=3)
        self.assertIn("total was", err)

    def test_a_dispute_makes_a_range_and_deletes_nothing(self):
        _, run = self.generic_run()
        out, _ = self.run_program("figure", "--run", run, "--goods", "drones", "--by", "exporter", "--format", "json")
        plain = json.loads(out)
        exporter = plain["lines"][0]["key"][0]
        disputes = self.write("disputes.yaml", "disputes:\n  - {id: not-us, type: identity, by: SYNTHETIC maker, rows: {party: %s}}\n"
                              % json.dumps(exporter))
        out, _ = self.run_program("figure", "--run", run, "--goods", "drones", "--format", "json", "--disputes", disputes)
        disputed = json.loads(out)
        low, high = disputed["total"]["value_usd"]
        self.assertLess(low, high)
        self.assertEqual(disputed["total"]["all"], plain["total"]["all"])
        self.assertEqual(disputed["disputed"][0]["id"], "not-us")
        self.run_program("figure", "--run", run, "--disputes", self.write("bad.yaml", "disputes:\n  - {id: a, by: b, type: taste}\n"), expect=3)
        self.run_program("figure", "--run", run, "--by", "colour", expect=2)
        self.run_program("figure", "--run", self.work / "nowhere", expect=4)

        folder = self.work / "dossier"
        self.run_program("dossier", exporter, "--run", run, "--out", folder, "--disputes", disputes, "--reply-by", "2030-01-31")
        for name in ("dossier.md", "dossier.json", "rows.csv", "letter.txt"):
            self.assertTrue((folder / name).exists(), name)
        letter = (folder / "letter.txt").read_text()
        self.assertIn("reply by 2030-01-31", letter)
        self.assertIn("DRAFT", letter)
        self.assertIn("not-us", (folder / "dossier.md").read_text())
        self.run_program("dossier", "nobody of this name", "--run", run, expect=4)

    def test_a_dossier_about_a_person_says_that_the_name_is_withheld(self):
        name = "ИП СИНТЕЗОВ ПРОБЕЙ ВЫМЫСЛОВИЧ"
        rows = "".join(f"2024-0{m}-01,SYNTHETIC EXPORT CO LTD,CN,{name},RU,88062210,quadcopter,3,900\n" for m in (1, 2))
        source = self.write("SYNTHETIC.csv", "date,exporter,exporter_country,importer,destination,hs_code,description,quantity,value_usd\n" + rows)
        run = self.work / "run"
        self.run_program("inspect", source, "--out", run)
        _, err = self.run_program("dossier", name, "--run", run)
        self.assertIn("--with-persons", err)
        letter = (run / "dossier/letter.txt").read_text()
        self.assertNotIn("СИНТЕЗОВ", letter)
        self.assertIn("[person 1]", letter)
        _, err = self.run_program("dossier", name, "--run", run, "--with-persons")
        self.assertNotIn("--with-persons", err)
        self.assertIn("СИНТЕЗОВ", (run / "dossier/letter.txt").read_text())

    def test_routes_paths_months_and_indicators(self):
        _, run = self.generic_run(20000)
        out, _ = self.run_program("trace", "--run", run, "--format", "jsonl", "--top", "0")
        routes = [json.loads(line) for line in out.splitlines()]
        self.assertGreater(len(routes), 0, "the hub chains of the corpus")
        for route in routes:
            self.assertIn(route["grade"], ("G1", "G2", "G3"))
            self.assertGreaterEqual(len(route["rows"]), 2)
        self.run_program("trace", "--run", run, "--listed")
        out, _ = self.run_program("trace", "--run", run, "--indicator", self.work / "dear.sql", "--format", "jsonl")
        self.assertEqual({json.loads(line)["indicator_key"] for line in out.splitlines()}, {"dear"})
        out, _ = self.run_program("trace", "--run", run, "--goods", "DJI", "--between", "RU,UA")
        self.assertIn("No line of these files goes to UA", out)
        self.assertIn("2022-04-26", out)
        self.run_program("trace", "--run", run, "--goods", "DJI", expect=2)
        out, _ = self.run_program("indicators", "run", "--run", run, "--indicator", "24", "--format", "jsonl")
        self.assertIn("no flows of countries are loaded", json.loads(out)["reason"])
        flows = self.write("flows.csv", "period,reporter,partner,flow,hs6,value_usd\n2021,LT,KZ,export,880622,2000000\n"
                           "2021,KZ,LT,import,880622,2000000\n2023,LT,KZ,export,880622,9000000\n2023,KZ,LT,import,880622,900000\n")
        out, _ = self.run_program("indicators", "run", "--run", run, "--indicator", "24", "--table", f"flows={flows}", "--format", "jsonl")
        self.assertEqual(json.loads(out)["subject"], "LT>KZ>880622")
        self.run_program("indicators", "run", "--run", run, "--table", f"rivers={flows}", expect=2)
        out, _ = self.run_program("eval", "schemes", run, "--truth", str(self.work / "SYNTHETIC.csv.truth"))
        self.assertIn("hub_chain", out)

    def test_claims(self):
        out, _ = self.run_program("claims", "list", "--format", "jsonl")
        claims = [json.loads(line) for line in out.splitlines()]
        self.assertGreaterEqual(len(claims), 13)
        self.assertTrue(any(answer["stance"] == "denies" for claim in claims for answer in claim["answers"]))
        self.run_program("claims", "lint")
        self.run_program("claims", "show", claims[0]["id"])
        self.run_program("claims", "show", "no-such", expect=2)
        _, err = self.run_program("claims", "lint", "--file", self.write("c.yaml", "claims:\n  - {id: a, says: b, kind: c}\n"), expect=3)
        self.assertIn("c.yaml:2", err)


if __name__ == "__main__":
    main()
