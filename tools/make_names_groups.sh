#!/bin/sh
# Makes reference/names/name_groups.bin: spellings of person names that are one name, from Wikidata (CC0).
# Usage: make_names_groups.sh BUILD_FOLDER wikidata_person_name_groups.txt.gz
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
cmake --build "$1" --target name_groups
gzip -dc "$2" | "$1/name_groups" "$here/reference/names/name_groups.bin"
