#!/usr/bin/env bash
# What .clang-tidy says of names and ownership, over every source file of src/ but the tests. Uses
# build/release/compile_commands.json. Some eight minutes of CPU: what includes costs most.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! git ls-files 'src/*.cc' | grep -v _test.cc |
  xargs -P "$(nproc)" -n 4 clang-tidy-19 --quiet -p build/release >build/release/check_names.log 2>&1; then
  grep -E 'warning:|error:' build/release/check_names.log | sort -u
  exit 1
fi
echo "names as .clang-tidy says"
