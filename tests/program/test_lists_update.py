"""`lists update` against a server of its own: real files, truncations, errors, 304; `lists diff`; formats from outside."""
import gzip
import http.server
import json
import threading

from program import ProgramTest, main, needs_data, ROOT, SHARED


class Publisher(http.server.BaseHTTPRequestHandler):
    """Serves `server.files`: path -> bytes; `server.script`: path -> list of what to do first, one a request."""

    def do_GET(self):
        self.server.seen.append((self.path, self.headers.get("If-None-Match")))
        steps = self.server.script.get(self.path, [])
        step = steps.pop(0) if steps else "whole"
        body = self.server.files.get(self.path)
        if body is None:
            return self.send_error(404)
        if step == "error":
            return self.send_error(500)
        etag = '"%d"' % (hash(body) & 0xFFFFFFFF)
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            return self.end_headers()
        self.send_response(200)
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", "Fri, 05 Jan 2024 10:00:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 3] if step == "cut" else body)

    def log_message(self, *arguments):
        pass


class Update(ProgramTest):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
        self.server.files, self.server.script, self.server.seen = {}, {}, []
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def update(self, *urls, expect=0, **keywords):
        arguments = []
        for name, path in urls:
            arguments += ["--url", f"{name}=http://127.0.0.1:{self.server.server_port}{path}"]
        return self.run_program("lists", "update", "--wait", "0.01", *arguments, expect=expect, **keywords)

    def status(self):
        out, _ = self.run_program("lists", "status", "--format", "json")
        return {one["list"]: (one["date"], one["entries"], one["sha256"]) for one in json.loads(out)["lists"]}

    def small(self, folder, name):
        return (ROOT / "src/lists" / folder / "testdata" / name).read_bytes()

    def test_formats_from_files_in_the_format(self):
        for folder, name, listed in (("eu_fsf", "eu.xml", "eu_fsf"), ("uk_sl", "uk.csv", "uk_sl"),
                                     ("ofac_enhanced", "cons_enhanced.xml", "ofac_nonsdn"), ("us_sources", "el.csv", "bis_el")):
            self.server.files["/" + name] = self.small(folder, name)
            out, _ = self.update((listed, "/" + name))
            self.assertIn(listed, out)
            self.assertIn(listed, self.status())
        out, _ = self.run_program("screen", "Synthetic Rotor Works", "--format", "json")
        self.assertEqual({"eu_fsf", "uk_sl", "bis_el"}, {hit["list"] for hit in json.loads(out)["hits"]})
        self.run_program("lists", "import", ROOT / "src/lists/plain_csv/testdata/house.csv", "--map",
                         ROOT / "src/lists/plain_csv/testdata/house.yaml")
        self.run_program("lists", "import", ROOT / "src/lists/ftm/testdata/ftm.jsonl", "--list", "our_ftm")
        out, _ = self.run_program("screen", "Synthetic Rotor Works", "--list", "our_ftm", "--format", "json")
        self.assertEqual(["NK-2"], [hit["id"] for hit in json.loads(out)["hits"]])

    def test_unchanged_is_asked_with_the_etag_and_not_fetched(self):
        self.server.files["/eu"] = self.small("eu_fsf", "eu.xml")
        self.update(("eu_fsf", "/eu"))
        before = self.status()
        out, _ = self.update(("eu_fsf", "/eu"))
        self.assertIn("unchanged", out)
        self.assertEqual(before, self.status())
        self.assertIsNone(self.server.seen[0][1])
        self.assertIsNotNone(self.server.seen[-1][1])

    def test_errors_and_cuts_are_tried_again(self):
        self.server.files["/eu"] = self.small("eu_fsf", "eu.xml")
        self.server.script["/eu"] = ["error", "cut", "error"]
        self.update(("eu_fsf", "/eu"))
        self.assertEqual(4, len(self.server.seen))
        self.server.script["/eu"] = ["error"] * 9
        self.server.files["/eu"] += b"\n"
        before = self.status()
        _, err = self.update(("eu_fsf", "/eu"), expect=3)
        self.assertIn("500", err)
        self.assertIn("/eu", err)
        self.assertEqual(before, self.status())

    def test_a_bad_answer_never_replaces_a_good_snapshot(self):
        whole = self.small("eu_fsf", "eu.xml")
        self.server.files["/eu"] = whole
        self.update(("eu_fsf", "/eu"))
        before = self.status()
        for bad in (b"", b"<html><body>maintenance</body></html>", whole[: len(whole) // 2], self.small("un_xml", "un.xml"),
                    b"\x1f\x8b broken"):
            self.server.files["/eu"] = bad
            _, err = self.update(("eu_fsf", "/eu"), expect=3)
            self.assertIn("/eu", err)
            self.assertEqual(before, self.status())
        del self.server.files["/eu"]
        _, err = self.update(("eu_fsf", "/eu"), expect=3)
        self.assertIn("404", err)
        self.server.files["/eu"] = whole * 3
        _, err = self.update(("eu_fsf", "/eu"), expect=3)
        self.run_program("lists", "update", "nosuch_list", expect=2)
        self.run_program("lists", "update", "--url", "eu_fsf", expect=2)
        self.run_program("lists", "update", "--attempts", "1", "--url", "eu_fsf=http://127.0.0.1:1/eu", expect=3)
        self.run_program("lists", "update", "--attempts", "1", "--url", "eu_fsf=file:///etc/hostname", expect=3)
        self.assertEqual(before, self.status())

    @needs_data
    def test_real_lists_and_what_changed(self):
        parts = ("sdn", "alt", "add")
        for folder, day in (("ofac_2021-07", "2021"), ("ofac_2024-01", "2024")):
            for part in parts:
                self.server.files[f"/{part}"] = gzip.decompress((SHARED / f"lists/{folder}/{part}.csv.gz").read_bytes())
            if day == "2021":
                self.run_program("lists", "import", *(SHARED / f"lists/{folder}/{part}.csv.gz" for part in parts),
                                 "--dated", "2021-07-15")
            else:
                self.update(*(("ofac_sdn", f"/{part}") for part in parts))
        self.assertEqual(("2024-01-05", 13821), self.status()["ofac_sdn"][:2])
        half = self.server.files["/sdn"]
        self.server.files["/sdn"] = half[: half.index(b"\n", len(half) // 2) + 1]
        before = self.status()
        self.update(*(("ofac_sdn", f"/{part}") for part in parts), expect=3)
        self.assertEqual(before, self.status())
        out, _ = self.run_program("lists", "diff", "ofac_sdn", "--format", "json")
        diff = json.loads(out)
        self.valid(diff, "lists-diff")
        self.assertEqual(("2021-07-15", "2024-01-05"), (diff["from"], diff["to"]))
        self.assertEqual(8976 + len(diff["added"]) - len(diff["removed"]), 13821)
        self.assertTrue(diff["changed"] and all(one["fields"] for one in diff["changed"]))
        out, _ = self.run_program("lists", "diff", "ofac_sdn", "2021-07-15", "2024-01-05")
        self.assertIn(f"{len(diff['added'])} added", out)
        self.run_program("lists", "diff", "ofac_sdn", "2001-01-01", "2021-07-15", expect=4)
        self.run_program("lists", "diff", "un_sc", expect=4)
        self.run_program("lists", "diff", "ofac_sdn", "yesterday", expect=2)

    @needs_data
    def test_every_list_at_its_dates(self):
        lists = SHARED / "lists"
        nonsdn = [lists / f"ofac_nonsdn_2025-12/cons_{part}.csv" for part in ("prim", "alt", "add")]
        self.run_program("lists", "import", lists / "ofac_nonsdn_2025-01/CONS_ENHANCED.XML.gz")
        self.run_program("lists", "import", *nonsdn, "--dated", "2025-12-15")
        for day in ("2019-07", "2022-09", "2023-11"):
            self.run_program("lists", "import", lists / f"bis_dpl_{day}.txt", "--dated", day + "-15")
        self.run_program("lists", "import", lists / "state_isn_2019-10.csv", "--dated", "2019-10-15")
        status = self.status()
        self.assertEqual(("2025-12-15", 442), status["ofac_nonsdn"][:2])
        self.assertEqual("2023-11-15", status["bis_dpl"][0])
        self.assertEqual(("2019-10-15", 213), status["state_isn"][:2])
        out, _ = self.run_program("lists", "diff", "ofac_nonsdn", "--format", "json")
        diff = json.loads(out)
        self.assertEqual((0, 1), (len(diff["added"]), len(diff["removed"])))
        for pair in (("2019-07-15", "2022-09-15"), ("2022-09-15", "2023-11-15")):
            out, _ = self.run_program("lists", "diff", "bis_dpl", *pair, "--format", "json")
            self.assertTrue(json.loads(out)["added"], pair)


if __name__ == "__main__":
    main()
