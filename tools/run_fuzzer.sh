#!/usr/bin/env bash
# run_fuzzer.sh PROGRAM SEEDS SECONDS [NUMBER]: fuzzes from the seeds into a scratch corpus; what breaks is kept below build/.
# The same NUMBER gives the same order of changes; without it each run has another.
set -euo pipefail
program=$1 seeds=$2 seconds=$3 number=${4:-0}
corpus=$(dirname "$program")/corpus/$(basename "$program")
mkdir -p "$corpus"
inputs=("$corpus")
[ -d "$seeds" ] && inputs+=("$seeds")
exec "$program" -seed="$number" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=3000 -max_len=20000 -print_final_stats=1 \
  -verbosity=0 -artifact_prefix="$corpus/../" "${inputs[@]}"
