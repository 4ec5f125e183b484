#!/bin/sh
# Changes every threshold, date, code and comparison of the rule packs, one at a time; a scenario must break each
# time. Takes some minutes. Arguments as of the program: [RESOURCES] [THREADS] [FILTER].
set -eu
cd "$(dirname "$0")/.."
program=${MUTATE:-build/release/mutate}
[ -x "$program" ] || { echo "mutate.sh: $program is not built; run \`make mutate\`" >&2; exit 4; }
exec "$program" "${1:-.}" "${2:-$(nproc)}" "${3:-}"
