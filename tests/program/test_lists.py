"""Official lists from outside: counted against the files, refused when damaged, safe when killed."""
import gzip
import json
import random
import signal
import time

from program import ProgramTest, main, needs_data, SHARED, start

OFAC = [SHARED / f"lists/ofac_2024-01/{part}.csv.gz" for part in ("sdn", "alt", "add")]


@needs_data
class Lists(ProgramTest):
    def status(self):
        out, _ = self.run_program("lists", "status", "--format", "json")
        return {one["list"]: one for one in json.loads(out)["lists"]}

    def test_counts_are_those_of_the_files(self):
        self.run_program("lists", "import", *OFAC, "--dated", "2024-01-15")
        self.run_program("lists", "import", SHARED / "lists/csl_full_2022-05.csv.gz", "--dated", "2022-05-15")
        self.run_program("lists", "import", SHARED / "lists/un_consolidated_2026-02-27.xml.gz")
        status = self.status()
        sdn = status["ofac_sdn"]
        self.assertEqual((sdn["entries"], sdn["aliases"], sdn["addresses"]), (13821, 17091, 18990 - 2652))
        self.assertEqual(sdn["date"], "2024-01-15")
        self.assertEqual(status["us_csl"]["entries"], 14160)
        self.assertEqual(status["un_sc"]["entries"], 1003)
        self.assertEqual(status["un_sc"]["date"], "2026-02-27")

    def test_damaged_files_are_refused_and_the_good_one_stays(self):
        self.run_program("lists", "import", SHARED / "lists/bis_dpl_2023-11.txt", "--dated", "2023-11-15")
        before = self.status()
        whole = (SHARED / "lists/bis_dpl_2023-11.txt").read_bytes()
        un = gzip.decompress((SHARED / "lists/un_consolidated_2026-02-27.xml.gz").read_bytes())
        for name, content in (("half.txt", whole[: len(whole) * 2 // 5]), ("empty.txt", b""), ("prose.txt", b"no list\nat all\n"),
                              ("cut.xml", un[: len(un) // 2]),
                              ("bomb.xml", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
                                  b'<!ENTITY a%d "%s">' % (i, (b"&a%d;" % (i - 1) if i else b"&a;") * 10) for i in range(12)) +
                               b"]><CONSOLIDATED_LIST><INDIVIDUALS>&a11;</INDIVIDUALS></CONSOLIDATED_LIST>")):
            with self.subTest(name):
                _, err = self.run_program("lists", "import", self.write(name, content), expect=3)
                self.assertIn(name, err)
                self.assertEqual(self.status(), before)

    def test_killed_at_any_moment_the_last_good_state_stays(self):
        self.run_program("lists", "import", SHARED / "lists/bis_dpl_2022-09.txt", "--dated", "2022-09-15")
        names = "name\nAARON ABRAHAM VILLA\n"
        before = self.status()
        began = time.monotonic()
        self.run_program("lists", "import", *OFAC, "--dated", "2024-01-15")
        length = time.monotonic() - began
        after = self.status()
        hits, _ = self.run_program("screen", "-", given=names)
        self.assertGreater(len(json.loads(hits)["hits"]), 0)
        rng = random.Random(3)
        for attempt in range(20):
            self.data = self.work / f"data-{attempt}"
            self.run_program("lists", "import", SHARED / "lists/bis_dpl_2022-09.txt", "--dated", "2022-09-15")
            process = start("lists", "import", *OFAC, "--dated", "2024-01-15", data=self.data)
            time.sleep(rng.uniform(0, length * 1.1))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            got = {name: (one["entries"], one["sha256"]) for name, one in self.status().items()}
            self.assertIn(got, [{n: (o["entries"], o["sha256"]) for n, o in state.items()} for state in (before, after)])
            out, _ = self.run_program("screen", "-", given=names)
            self.assertEqual([h["id"] for h in json.loads(out)["hits"] if h["list"] == "bis_dpl"],
                             [h["id"] for h in json.loads(hits)["hits"] if h["list"] == "bis_dpl"])
            self.run_program("lists", "import", *OFAC, "--dated", "2024-01-15")

    def test_as_of_and_age(self):
        self.run_program("lists", "import", SHARED / "lists/bis_dpl_2023-11.txt", "--dated", "2023-11-15")
        _, err = self.run_program("screen", "I. ASH", "--format", "json")
        self.assertIn("bis_dpl", err)
        self.assertIn("not loaded", err)
        out, _ = self.run_program("screen", "AARON ABRAHAM VILLA", "--as-of", "2022-01-01", "--format", "json")
        self.assertEqual(json.loads(out)["hits"], [], "denied since August 2022")
        out, _ = self.run_program("screen", "AARON ABRAHAM VILLA", "--as-of", "2023-01-01", "--format", "json")
        self.assertEqual(json.loads(out)["hits"][0]["list"], "bis_dpl")

    def test_two_programs_on_one_data_folder(self):
        first = start("lists", "import", *OFAC, "--dated", "2024-01-15", data=self.data)
        second = start("lists", "import", SHARED / "lists/bis_dpl_2023-11.txt", "--dated", "2023-11-15", data=self.data)
        codes = {first.wait(120), second.wait(120)}
        for process in (first, second):
            process.communicate()
        self.assertTrue(codes <= {0, 3}, codes)
        self.assertIn(0, codes)
        self.run_program("lists", "status")


if __name__ == "__main__":
    main()
