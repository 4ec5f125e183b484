#!/usr/bin/env python3
"""Holds the documents against the project: links resolve, ARCHITECTURE.md has one heading for each folder, the `make` targets,
`tidewaiter` commands, options and paths that they name exist.

usage: tools/check_docs.py [--program build/release/tidewaiter] [--run]

--program: the built program; without it (and without build/release/tidewaiter) commands are not checked, and that is said.
--run: also runs the command lines of README.md's code blocks that stand below a line <!-- run -->; each must end with 0.
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
# Folders that are made, not written.
MADE = {"build", "out", "__pycache__", "Testing"}


def documents():
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT, text=True,
                            capture_output=True, check=True)
    return [ROOT / name for name in sorted(set(listed.stdout.split("\n"))) if name and (ROOT / name).exists()]


def anchor(heading):
    """The id that a heading gets on the hosting site."""
    plain = re.sub(r"[`*]|\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def headings(text):
    return [m.group(2).strip() for m in re.finditer(r"^(#{1,6}) (.+)$", FENCE.sub("", text), re.M)]


def check_links(path, text, complain):
    for target in re.findall(r"\[[^]]*\]\(([^)\s]+)\)", FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        if not file.exists():
            complain(f"the link {target} leads nowhere")
        elif fragment and file.suffix == ".md":
            if fragment not in [anchor(h) for h in headings(file.read_text(encoding="utf-8"))]:
                complain(f"the link {target} names a heading that is not there")


def has_files(folder):
    return any(p.is_file() for p in folder.rglob("*"))


def check_folders(complain):
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = [h for h in headings(text) if re.fullmatch(r"[\w./-]+", h) and (("/" in h) or h.islower())]
    there = {f"src/{p.name}" for p in (ROOT / "src").iterdir() if p.is_dir() and has_files(p)}
    there |= {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".") and p.name not in MADE and has_files(p)}
    there -= {"src", "include"}
    if (ROOT / "include" / "tidewaiter").is_dir():
        there.add("include/tidewaiter")
    for folder in sorted(there - set(named)):
        complain(f"no heading for the folder {folder}")
    for folder in sorted(set(named) - there):
        complain(f"a heading for {folder}, which is not there")
    levels = dict(line.split() for line in (ROOT / "src/levels.txt").read_text().splitlines() if line and line[0] != "#")
    for folder, level in re.findall(r"^### src/(\w+)\n\nLevel (\d+)", text, re.M):
        if levels.get(folder) != level:
            complain(f"src/{folder} is on level {levels.get(folder)}, not {level}")


def check_make_targets(text, complain):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for target in re.findall(r"(?:`|^|\$ |; |&& )make ([a-z-]+)", text, re.M):
        if target not in targets:
            complain(f"`make {target}` is no target of the Makefile")


def check_paths(text, complain):
    """Paths in backticks whose first part is a folder of the project must be there; capitals stand for what the reader fills in."""
    for path in re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", text):
        first = path.split("/")[0]
        if "/" not in path or not (ROOT / first).is_dir() or re.search(r"[A-Z]{2}", path) or first in MADE:
            continue
        if not (ROOT / path).exists():
            complain(f"{path} is not there")


def check_mentions(complain):
    """Documents that code and data name must be there."""
    run = subprocess.run(["git", "grep", "-noE", r"docs/[a-z0-9/_-]+\.md", "--", "src", "include", "tests", "fuzz", "bench", "tools", "cmake", "indicators",
                          ":!*.md", ":!tools/check_docs.py"], cwd=ROOT, text=True,
                         capture_output=True)
    for file, line, name in re.findall(r"^([^:\n]+):(\d+):(.+)$", run.stdout, re.M):
        if not (ROOT / name).exists():
            complain(f"{file}:{line}: {name} is not there")


class Program:
    """The commands and options of the built program, read from its help."""

    def __init__(self, path):
        self.path, self.help = path, {}

    def help_of(self, *command):
        if command not in self.help:
            run = subprocess.run([self.path, *command, "--help"], capture_output=True, text=True)
            self.help[command] = run.stdout if run.returncode == 0 else None
        return self.help[command]

    def check(self, line, complain):
        words = line.split()
        command = words[1] if len(words) > 1 else ""
        if not re.fullmatch(r"[a-z]+", command):
            return
        usage = self.help_of(command)
        if usage is None:
            complain(f"`{line}`: the program has no command {command}")
            return
        if len(words) > 2 and re.fullmatch(r"[a-z]+", words[2]) and self.help_of(command, words[2]):
            usage += self.help_of(command, words[2])
        usage += self.help_of() or ""
        for option in re.findall(r"(?<=\s)--[a-z][a-z-]+", line):
            if option not in usage:
                complain(f"`{line}`: {command} has no option {option}")


def check_commands(program, text, complain):
    fenced = [line for block in FENCE.findall(text) for line in block.splitlines()]
    lines = [re.sub(r"^\$ ", "", line.strip()) for line in fenced]
    lines = [re.sub(r"^\S*/tidewaiter ", "tidewaiter ", line) for line in lines]
    for line in [l for l in lines if l.startswith("tidewaiter ")] + re.findall(r"`(tidewaiter [^`]+)`", FENCE.sub("", text)):
        program.check(re.split(r"\s{2,}|\s#|[|>]", line)[0].strip(), complain)


def run_commands(complain):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"^<!-- run -->\n+```\w*\n(.*?)^```", text, re.M | re.S):
        for line in block.splitlines():
            line = line.split("  #")[0].strip()
            if line and subprocess.run(line, shell=True, cwd=ROOT, stdout=subprocess.DEVNULL).returncode != 0:
                complain(f"`{line}` does not end with 0")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/tidewaiter"))
    parser.add_argument("--run", action="store_true")
    arguments = parser.parse_args()
    problems = []
    program = Program(arguments.program) if pathlib.Path(arguments.program).exists() else None
    paths = documents()
    for path in paths:
        text = path.read_text(encoding="utf-8")

        def complain(what, name=path.relative_to(ROOT)):
            problems.append(f"{name}: {what}")

        check_links(path, text, complain)
        check_make_targets(text, complain)
        check_paths(text, complain)
        if program and path.name != "CHANGELOG.md":
            check_commands(program, text, complain)
    check_folders(lambda what: problems.append(f"ARCHITECTURE.md: {what}"))
    check_mentions(problems.append)
    if arguments.run:
        run_commands(lambda what: problems.append(f"README.md: {what}"))
    if problems:
        print("\n".join(problems))
        return 1
    print(f"{len(paths)} documents agree with the project" + ("" if program else "; no built program, so its commands were not checked"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
