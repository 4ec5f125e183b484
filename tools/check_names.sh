#!/usr/bin/env bash
# clang-tidy's naming rules (.clang-tidy) over every source file of src/. Uses build/release/compile_commands.json.
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files 'src/*.cc' | grep -v _test.cc | xargs -P 2 -n 8 clang-tidy-19 --quiet -p build/release 2>&1 |
  grep -E 'warning:|error:' | sort -u && exit 1
echo "names as .clang-tidy says"
