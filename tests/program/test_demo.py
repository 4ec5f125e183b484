"""What the README shows of `make demo` is what `make demo` prints."""
import re
import subprocess
import unittest

from program import PROGRAM, ROOT, ProgramTest, main


class Demo(ProgramTest):
    def test_the_summary_of_the_demo_is_the_one_in_the_readme(self):
        source = self.work / "SYNTHETIC-russia-import.csv"
        script = (ROOT / "tools/demo.sh").read_text()
        synth = re.search(r'synth (--lines \d+ --seed \S+ --layout \S+) ', script)
        self.assertTrue(synth, "tools/demo.sh names lines, seed and layout")
        self.run_program("synth", *synth[1].split(), "--out", source)
        out, _ = self.run_program("inspect", source, "--out", self.work / "run")
        said = out[:out.index("Decision support, not legal advice.")].strip()
        self.assertIn(said, (ROOT / "README.md").read_text())

    def test_every_command_that_the_readme_shows_exists(self):
        commands = set(re.findall(r"tidewaiter ([a-z]+)", (ROOT / "README.md").read_text()))
        self.assertGreater(len(commands), 5)
        for command in sorted(commands):
            done = subprocess.run([PROGRAM, command, "--help"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, command)


if __name__ == "__main__":
    main()
