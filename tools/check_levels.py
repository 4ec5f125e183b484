#!/usr/bin/env python3
"""Holds every #include below src/ against src/levels.txt: a folder may include only folders of a lower level, and
its CMakeLists.txt must name each folder that it includes."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"


def read_levels():
    lines = (SRC / "levels.txt").read_text().splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {name: int(level) for name, level in rows}


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#include "([a-z_]+)/', line)
        if found:
            yield number, found.group(1)


def declared_uses(folder):
    lists = SRC / folder / "CMakeLists.txt"
    text = lists.read_text() if lists.exists() else ""
    found = re.search(r"tidewaiter_folder\(\w+([^)]*)\)", text)
    words = found.group(1).split() if found else []
    if "USES" not in words:
        return set()
    words = words[words.index("USES") + 1:]
    return set(words[: words.index("LIBRARIES")] if "LIBRARIES" in words else words)


def reachable(folder, uses):
    seen, todo = set(), [folder]
    while todo:
        for other in uses[todo.pop()]:
            if other in uses and other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def main():
    levels = read_levels()
    folders = sorted(p.name for p in SRC.iterdir() if p.is_dir() and any(p.rglob("*.cc")))
    problems = [f"src/{name}: not in src/levels.txt" for name in folders if name not in levels]
    uses = {name: declared_uses(name) for name in folders if name in levels}
    for name in uses:
        may_use = reachable(name, uses)
        for path in sorted((SRC / name).rglob("*")):
            if path.suffix not in (".h", ".cc"):
                continue
            for line, other in includes(path):
                place = f"{path.relative_to(ROOT)}:{line}"
                if other in ("tidewaiter", name):
                    continue
                if other not in levels:
                    problems.append(f"{place}: includes {other}/, which is no folder of src/")
                elif levels[other] >= levels[name]:
                    problems.append(f"{place}: {name} (level {levels[name]}) includes {other} (level {levels[other]})")
                elif other not in may_use:
                    problems.append(f"{place}: src/{name}/CMakeLists.txt does not list {other}")
    print("\n".join(problems) if problems else f"{len(uses)} folders keep their levels")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
