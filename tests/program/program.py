"""Runs the program for the tests of this folder. $TIDEWAITER names it; $TIDEWAITER_SHARED the folder of real data."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("TIDEWAITER", str(ROOT / "build/release/tidewaiter"))
SHARED = pathlib.Path(os.environ.get("TIDEWAITER_SHARED", ROOT.parent / "shared")) / "data"
needs_data = unittest.skipUnless(SHARED.is_dir(), f"SKIPPED: no data at {SHARED}")


def start(*arguments, data, **keywords):
    return subprocess.Popen([PROGRAM, "--data", str(data), *map(str, arguments)], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **keywords)


class ProgramTest(unittest.TestCase):
    """A test with a scratch folder `work` and a data folder `data` of its own."""

    def setUp(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="tidewaiter-test-"))
        self.data = self.work / "data"
        self.addCleanup(shutil.rmtree, self.work, True)

    def run_program(self, *arguments, given="", expect=0):
        """(standard output, standard error); fails when the exit status is another than expected."""
        process = start(*arguments, data=self.data)
        text = given if isinstance(given, bytes) else given.encode()
        out, err = process.communicate(text, timeout=900)
        out, err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
        self.assertEqual(process.returncode, expect, f"{' '.join(map(str, arguments))}\n{out[-2000:]}\n{err[-2000:]}")
        if expect not in (0, 1):
            self.assertRegex(err, r"(?m)^tidewaiter: ", "an error has a message")
        return out, err

    def valid(self, value, name):
        """`value` (JSON as read) is of the shape that schemas/ gives for `name`."""
        import jsonschema
        schema = json.loads((ROOT / f"schemas/{name}.schema.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(value)

    def write(self, name, content):
        path = self.work / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def synth(self, lines=2000, seed="test"):
        path = self.work / "SYNTHETIC.csv"
        self.run_program("synth", "--lines", lines, "--seed", seed, "--layout", "russia-import", "--out", path)
        return path

    def run_json(self, folder):
        return json.loads((folder / "run.json").read_text())


def main():
    unittest.main(verbosity=1)
