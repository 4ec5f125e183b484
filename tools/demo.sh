#!/usr/bin/env bash
# The main job on made-up data: SYNTHETIC customs lines with planted schemes, the watchlist that ships with the
# program, and the rule packs. The last line is the path of the report.
set -euo pipefail
cd "$(dirname "$0")/.."
program=build/release/tidewaiter
out=out/demo
mkdir -p "$out"
"$program" synth --lines 20000 --seed demo --layout russia-import --out "$out/SYNTHETIC-russia-import.csv"
"$program" --data "$out/data" inspect "$out/SYNTHETIC-russia-import.csv" --out "$out/run"
echo "Open the page in a browser:"
echo "$PWD/$out/run/report.html"
