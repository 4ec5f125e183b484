#!/usr/bin/env bash
# Match quality on the labelled sets of $TIDEWAITER_SHARED, computed with the evaluator that lies beside them: the whole
# table of docs/matching-measured.md. EVAL_ROWS=N takes N innocents spread evenly instead of all 50,000.
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
ofac=$lists/ofac_2024-01/sdn.csv.gz
un=$lists/un_consolidated_2026-02-27.xml.gz
screen() { "$program" --data "$1" screen "$2" --threshold "$3" --top "$4" "${@:5}" 2>/dev/null; }

score_pairs() {  # name of the set, file of pairs
  $evaluate pairs-in name "$2" "$work/pairs.csv"
  "$program" eval pairs "$work/pairs.csv" >"$work/pairs-scored.csv"
  $evaluate pairs "$work/pairs-scored.csv" name --truth "$2" --threshold "$threshold"
}
echo "== name pairs, default threshold $threshold"
score_pairs all "$labelled/name_pairs.csv"
echo "== name pairs without those whose numbers differ"
python3 - "$labelled/name_pairs.csv" "$work/same-numbers.csv" <<'PYTHON'
import csv, re, sys
with open(sys.argv[1], encoding="utf-8", newline="") as source:
    rows = list(csv.DictReader(source))
numbers = lambda name: sorted(re.findall(r"\d+|\b[IVXL]{2,}\b", name))
kept = [row for row in rows if numbers(row["name1"]) == numbers(row["name2"])]
with open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(kept)
PYTHON
score_pairs same "$work/same-numbers.csv"

echo "== judged party pairs"
$evaluate pairs-in judged "$labelled/judged_entity_pairs.jsonl" "$work/judged.jsonl"
"$program" eval pairs "$work/judged.jsonl" >"$work/judged-scored.jsonl"
$evaluate pairs "$work/judged-scored.jsonl" judged --truth "$labelled/judged_entity_pairs.jsonl" --threshold "$threshold"

"$program" --data "$work/data" lists import "$lists"/ofac_2024-01/*.csv.gz --dated 2024-01-15 >/dev/null
"$program" --data "$work/data" lists import "$un" >/dev/null
$evaluate strip-un "$un" "$work/un_latin.xml.gz"
"$program" --data "$work/un" lists import "$un" --dated 2026-02-27 >/dev/null
"$program" --data "$work/un-latin" lists import "$work/un_latin.xml.gz" --dated 2026-02-27 >/dev/null
$evaluate queries un "$work/un.csv" --truth "$labelled/un_original_script_pairs.tsv"
for list in un un-latin; do
  echo "== UN original script, list $list"
  screen "$work/$list" "$work/un.csv" 0 50 >"$work/un.jsonl"
  $evaluate retrieval "$work/un.jsonl" un --truth "$labelled/un_original_script_pairs.tsv"
done

spelling="$labelled/sdn_spelling_variants.tsv"
$evaluate queries spelling "$work/spelling.csv" --truth "$spelling" --listed "$ofac"
for option in --with-name-groups --without-name-groups; do
  echo "== spelling variants, $option"
  screen "$work/data" "$work/spelling.csv" 0 50 ${option#--with-name-groups} >"$work/spelling$option.jsonl"
  $evaluate retrieval "$work/spelling$option.jsonl" spelling --truth "$spelling" --listed "$ofac" --thresholds "$threshold"
done
echo "== innocents"
$evaluate innocents-in "$labelled/synthetic_customers_us.csv.gz" "$work/innocents.csv" ${EVAL_ROWS:+--rows "$EVAL_ROWS"}
screen "$work/data" "$work/innocents.csv" 0.5 5 >"$work/innocents.jsonl"
$evaluate innocents "$work/innocents.jsonl"
echo "== alerts beside recall"
$evaluate tradeoff --innocents us="$work/innocents.jsonl" --by-kind --listed "$ofac" \
  --positives spelling=spelling:"$work/spelling--with-name-groups.jsonl":"$spelling"

echo "== resolve: who is who"
er=$shared/data/er
if "${TIDEWAITER_PYTHON:-python3}" -c 'import pyarrow' 2>/dev/null; then
  resolved() { # files, id, then what the evaluator needs to know about the truth
    local files=$1 id=$2
    shift 2
    # shellcheck disable=SC2086
    "$program" resolve $files --id "$id" --out "$work/resolved.parquet" 2>/dev/null
    "${TIDEWAITER_PYTHON:-python3}" "$shared/eval/resolve.py" "$@" --id "$id" --pred "$work/resolved.parquet"
  }
  resolved "$er/splink/historical_figures_with_errors_50k.parquet" unique_id \
    --truth "$er/splink/historical_figures_with_errors_50k.parquet" --cluster cluster
  resolved "$er/splink/fake_1000.csv" unique_id --truth "$er/splink/fake_1000.csv" --cluster cluster
  resolved "$er/dataset3.csv" rec_id --truth "$er/dataset3.csv" --cluster-regex '^(rec-[0-9]+)-'
  resolved "$er/senzing/customers.jsonl $er/senzing/reference.jsonl $er/senzing/watchlist.jsonl" DATA_SOURCE,RECORD_ID \
    --truth "$er/senzing/actual_truthset_key.csv" --cluster CLUSTER_ID
else
  echo "SKIPPED: the evaluator of resolve needs pyarrow (\$TIDEWAITER_PYTHON names a Python that has it)"
fi
