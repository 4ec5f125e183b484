"""Screening with what is known beside the name, and with names that are none: an answer in bounded time."""
import json
import time

from program import ProgramTest, main



def sdn(*entries):
    return "".join('%d,"%s",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"%s" \r\n' % entry for entry in entries) + "\x1a"


class Screen(ProgramTest):
    def setUp(self):
        super().setUp()
        entries = ((1, "ZORBAN INDUSTRIAL OIL COMPANY", "Email Address info@zorban.test; Website www.zorban.test."),
                   (2, "ALVAREZ QUILL, Mira", "DOB 06 May 1984."),
                   (3, "BENTARRO, Luko", "DOB 1970; a.k.a. 'GREY HERONEK'."))
        names = {"sdn.csv": sdn(*entries),
                 "add.csv": '1,1,"12 Zorban Street","Quarten","Kazakhstan",-0- \r\n\x1a',
                 "alt.csv": '2,1,"aka","LORUM TARRASCH",-0- \r\n\x1a'}
        self.run_program("lists", "import", *[self.write(name, text) for name, text in names.items()], "--dated", "2024-01-01")

    def hits(self, name, *arguments):
        out, _ = self.run_program("screen", name, "--format", "json", *arguments)
        line = json.loads(out)
        self.valid(line, "screening")
        return line["hits"]

    def test_columns_of_addresses_and_contacts_count(self):
        rows = ("name,address,email,phone,website\n"
                "Zorban Industrial Gas,,,,\n"
                'Zorban Industrial Gas,"Zorban Str. 12, Quarten",,,\n'
                "Zorban Industrial Gas,,sales@zorban.test,+7 495 1234567,\n"
                'Zorban Industrial Gas,"40 Lorum Avenue, Tolliver",,,https://tolliver.test\n')
        out, _ = self.run_program("screen", self.write("c.csv", rows), "--threshold", "0")
        bare, street, mail, elsewhere = [next(hit for hit in json.loads(line)["hits"] if hit["id"] == "1")
                                         for line in out.splitlines()]
        self.assertGreater(street["score"], bare["score"])
        self.assertTrue(any("the address agrees" in why for why in street["why"]), street["why"])
        self.assertGreater(mail["score"], bare["score"])
        self.assertTrue(any("the website agrees" in why for why in mail["why"]), mail["why"])
        self.assertLess(elsewhere["score"], bare["score"])
        self.assertTrue(any("nothing in common" in why for why in elsewhere["why"]), elsewhere["why"])
        lines = "".join(json.dumps(row) + "\n" for row in (
            {"name": "Zorban Industrial Gas"}, {"name": "Zorban Industrial Gas", "identifiers": {"e-mail": "INFO@zorban.test"}}))
        out, _ = self.run_program("screen", self.write("c.jsonl", lines), "--threshold", "0")
        scores = [json.loads(line)["hits"][0]["score"] for line in out.splitlines()]
        self.assertLess(scores[0], scores[1])

    def test_parties_of_an_order_too(self):
        def consignee(**more):
            order = {"date": "2024-03-01", "exporter": {"name": "Example Inc", "country": "US"},
                     "parties": [{"role": "consignee", "name": "Zorban Industrial Oil Comp", **more}],
                     "items": [{"line": 1, "description": "garden chairs", "hs": "940171"}]}
            self.valid(order, "order")
            out, _ = self.run_program("check", "-", "--format", "jsonl", given=json.dumps(order))
            return next(party for party in json.loads(out)["parties"] if party["role"] == "consignee")["hits"][0]
        bare = consignee()
        self.assertGreater(consignee(email="info@zorban.test")["score"], bare["score"])
        self.assertLess(consignee(address="40 Lorum Avenue, Tolliver")["score"], bare["score"])

    def test_acronyms_both_ways(self):
        self.assertIn("'zioc' is the acronym of 'ZORBAN INDUSTRIAL OIL COMPANY'", self.hits("ZIOC")[0]["why"])
        self.run_program("lists", "import", self.write("sdn.csv", sdn((9, "QLTV", "-0-"))), "--dated", "2024-02-01", "--force")
        self.assertIn("'Quarten Lorum Transport of Vessels' has the acronym 'qltv'",
                      self.hits("Quarten Lorum Transport of Vessels")[0]["why"])

    def test_weak_aliases_by_policy(self):
        self.run_program("screen", "Lorum Tarrasch", "--weak-aliases", "perhaps", expect=2)
        self.assertEqual("2", self.hits("Alvarez Quill Mira", "--weak-aliases", "never")[0]["id"])

    def test_weak_aliases_of_an_order_by_the_same_policy(self):
        order = {"date": "2024-03-01", "exporter": {"name": "Example Inc", "country": "US"},
                 "parties": [{"role": "consignee", "name": "Grey Heronek"}], "items": [{"description": "garden chairs"}]}

        def check(*arguments):
            out, _ = self.run_program("check", "-", "--format", "jsonl", *arguments, given=json.dumps(order))
            decision = json.loads(out)
            hits = next(party["hits"] for party in decision["parties"] if party["role"] == "consignee")
            return [hit["id"] for hit in hits], decision["inputs"]["profile"]
        self.assertEqual(["3"], check("--weak-aliases", "full")[0])
        ids, profile = check("--weak-aliases", "never")
        self.assertEqual([], ids)
        self.assertTrue(profile.endswith(", weak aliases never"), profile)
        self.assertNotIn("weak", check()[1])
        self.run_program("check", "-", "--weak-aliases", "perhaps", expect=2, given=json.dumps(order))

    def test_names_that_are_none(self):
        names = ["", "   ", ".,;!?()", "LLC", "ООО", "LLC GmbH Ltd", "\ud800 \udfff", "x" * 8192, "y " * (1 << 19), "z" * (1 << 20),
                 "Zоrbаn Industriаl Оil Company", "\u0000\u0001", "1 2 3 4"]
        lines = "".join(json.dumps({"name": name}) + "\n" for name in names)
        out, _ = self.run_program("screen", self.write("odd.jsonl", lines), expect=3)
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(len(names), len(answers))
        for name, answer in zip(names, answers):
            found = [hit["id"] for hit in answer["hits"]]
            self.assertEqual(["1"] if name.startswith("Z") else [], found, name[:40])
            self.assertEqual("\ud800" in name, "error" in answer, name[:40])
        csv = b"name\n\xed\xa0\x80\nZorban Industrial Oil Company\n"
        out, _ = self.run_program("screen", self.write("surrogate.csv", csv), expect=3)
        self.assertEqual(["1"], [hit["id"] for hit in json.loads(out.splitlines()[1])["hits"]])

    def test_a_hundred_thousand_equal_queries(self):
        path = self.write("same.csv", "name\n" + "Zorban Industrial Oil Company\n" * 100000)
        begun = time.monotonic()
        out, err = self.run_program("screen", path)
        lines = out.splitlines()
        self.assertEqual(100000, len(lines))
        self.assertEqual(1, len({line.split('"row":')[0] for line in lines}))
        self.assertIn("100000 with hits", err)
        self.assertLess(time.monotonic() - begun, 120)


if __name__ == "__main__":
    main()
