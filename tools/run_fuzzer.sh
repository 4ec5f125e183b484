#!/usr/bin/env bash
# run_fuzzer.sh PROGRAM SEEDS SECONDS: fuzzes from the seeds into a scratch corpus; what breaks is kept below build/.
set -euo pipefail
program=$1 seeds=$2 seconds=$3
corpus=$(dirname "$program")/corpus/$(basename "$program")
mkdir -p "$corpus"
inputs=("$corpus")
[ -d "$seeds" ] && inputs+=("$seeds")
exec "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=3000 -max_len=20000 -print_final_stats=1 \
  -verbosity=0 -artifact_prefix="$corpus/../" "${inputs[@]}"
