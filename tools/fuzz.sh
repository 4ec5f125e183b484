#!/usr/bin/env bash
# Each fuzz target of build/asan for SECONDS_EACH seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
for program in build/asan/fuzz_*; do
  name=$(basename "$program")
  echo "== $name"
  tools/run_fuzzer.sh "$program" "fuzz/seeds/${name#fuzz_}" "${SECONDS_EACH:-60}"
done
