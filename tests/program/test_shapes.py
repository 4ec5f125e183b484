"""Real output against the schemas of schemas/."""
import json

import jsonschema
from program import ProgramTest, ROOT, main, needs_data, SHARED
from test_messages import ORDER


class Shapes(ProgramTest):
    def valid(self, text, name):
        super().valid(json.loads(text), name)

    def test_every_schema_is_one(self):
        for path in sorted((ROOT / "schemas").glob("*.schema.json")):
            with self.subTest(path.name):
                jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text()))

    def test_version(self):
        self.valid(self.run_program("version", "--format", "json")[0], "version")

    def test_decision_and_order(self):
        drone = json.loads(ORDER)
        drone["items"][0].update(description="DJI Mavic 3", hs="8806221011")
        for order in (json.loads(ORDER), drone):
            self.valid(json.dumps(order), "order")
            out, _ = self.run_program("check", "-", "--format", "jsonl", "--explain", "all", given=json.dumps(order))
            self.valid(out, "decision")
            self.assertEqual(out.strip(), json.dumps(json.loads(out), ensure_ascii=False, sort_keys=True, separators=(",", ":")),
                             "canonical: sorted keys, no white space")

    def test_screening(self):
        out, _ = self.run_program("screen", "-", "--threshold", "0", "--explain", given="name,id\nDJI,7\n,8\n")
        for line in out.splitlines():
            self.valid(line, "screening")
        self.assertGreater(len(json.loads(out.splitlines()[0])["hits"]), 0)

    def test_layout_and_run(self):
        source = self.synth(1000)
        self.valid(self.run_program("layout", source, "--format", "json")[0], "layout")
        self.run_program("inspect", source, "--out", self.work / "run")
        self.valid((self.work / "run/run.json").read_text(), "run")

    @needs_data
    def test_lists(self):
        self.run_program("lists", "import", SHARED / "lists/bis_dpl_2023-11.txt", "--dated", "2023-11-15")
        self.valid(self.run_program("lists", "status", "--format", "json")[0], "lists-status")


if __name__ == "__main__":
    main()
