#!/usr/bin/env bash
# The naming rules of .clang-tidy over every source file of src/ but the tests. Uses
# build/release/compile_commands.json. Some eleven minutes of CPU: reading what is included costs most. `clang-tidy-19 -p
# build/release FILE` has the other rules of .clang-tidy too, for whoever edits the file.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! git ls-files 'src/*.cc' | grep -v _test.cc |
  xargs -P "$(nproc)" -n 4 clang-tidy-19 --quiet -p build/release --checks='-*,readability-identifier-naming' \
    >build/release/check_names.log 2>&1; then
  grep -E 'warning:|error:' build/release/check_names.log | sort -u
  exit 1
fi
echo "names as .clang-tidy says"
