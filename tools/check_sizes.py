#!/usr/bin/env python3
"""Keeps files and functions small: no file of src/, tests/, bench/, fuzz/ above 1,000 lines, no function above 100."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST_FILE = 1000
LONGEST_FUNCTION = 100


def functions(lines):
    """(first line, length) of each block that opens after a ')' at a depth where functions stand (namespaces do not
    indent in this style, so a function body closes with a brace in the column in which its head begins)."""
    for number, line in enumerate(lines):
        head = re.match(r"^( {0,2})[A-Za-z~][^;=#]*\).*\{$", line)
        if not head or re.match(r"\s*(if|for|while|switch|else|do|namespace|struct|class|enum)\b", line):
            continue
        indent = head.group(1)
        for end in range(number + 1, len(lines)):
            if lines[end].startswith(indent + "}"):
                yield number + 1, end - number + 1
                break


def main():
    problems, lengths = [], []
    for folder in ("src", "include", "tests", "bench", "fuzz"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".h", ".cc"):
                continue
            lines = path.read_text(encoding="utf-8").splitlines()
            name = path.relative_to(ROOT)
            if len(lines) > LONGEST_FILE:
                problems.append(f"{name}: {len(lines)} lines, more than {LONGEST_FILE}")
            for first, length in functions(lines):
                lengths.append(length)
                if length > LONGEST_FUNCTION and not name.name.endswith("_test.cc"):
                    problems.append(f"{name}:{first}: a function of {length} lines, more than {LONGEST_FUNCTION}")
    lengths.sort()
    print("\n".join(problems) if problems else
          f"{len(lengths)} functions, median {lengths[len(lengths) // 2]} lines, "
          f"99th percentile {lengths[len(lengths) * 99 // 100]}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
