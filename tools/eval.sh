#!/usr/bin/env bash
# Match quality on the labelled sets of $TIDEWAITER_SHARED, computed with the evaluator that lies beside them.
set -euo pipefail
cd "$(dirname "$0")/.."
shared=${TIDEWAITER_SHARED:-../shared}
if [ ! -d "$shared/data/labelled" ]; then
  echo "SKIPPED: no labelled data at $shared/data"
  exit 0
fi
program=build/release/tidewaiter
evaluate="python3 $shared/eval/screening.py"
labelled=$shared/data/labelled lists=$shared/data/lists
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
threshold=$("$program" version --format json | python3 -c 'import json, sys; print(json.load(sys.stdin)["threshold"])')

echo "== name pairs, default threshold $threshold"
$evaluate pairs-in name "$labelled/name_pairs.csv" "$work/pairs.csv"
"$program" eval pairs "$work/pairs.csv" >"$work/pairs-scored.csv"
$evaluate pairs "$work/pairs-scored.csv" name --truth "$labelled/name_pairs.csv" --threshold "$threshold"

echo "== judged party pairs"
$evaluate pairs-in judged "$labelled/judged_entity_pairs.jsonl" "$work/judged.jsonl"
"$program" eval pairs "$work/judged.jsonl" >"$work/judged-scored.jsonl"
$evaluate pairs "$work/judged-scored.jsonl" judged --truth "$labelled/judged_entity_pairs.jsonl" --threshold "$threshold"

"$program" --data "$work/data" lists import "$lists"/ofac_2024-01/*.csv.gz --dated 2024-01-15
"$program" --data "$work/data" lists import "$lists/un_consolidated_2026-02-27.xml.gz"
echo "== spelling variants"
$evaluate queries spelling "$work/spelling.csv" --truth "$labelled/sdn_spelling_variants.tsv" --listed "$lists/ofac_2024-01/sdn.csv.gz"
"$program" --data "$work/data" screen "$work/spelling.csv" --threshold 0.5 --top 50 >"$work/spelling.jsonl" 2>/dev/null
$evaluate retrieval "$work/spelling.jsonl" spelling --truth "$labelled/sdn_spelling_variants.tsv" \
  --listed "$lists/ofac_2024-01/sdn.csv.gz" --thresholds "$threshold"
echo "== innocents"
$evaluate innocents-in "$labelled/synthetic_customers_us.csv.gz" "$work/innocents.csv"
"$program" --data "$work/data" screen "$work/innocents.csv" --threshold 0.5 --top 5 >"$work/innocents.jsonl" 2>/dev/null
$evaluate innocents "$work/innocents.jsonl"
