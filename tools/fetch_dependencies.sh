#!/usr/bin/env bash
# Brings what dependencies.lock.tsv lists: Debian packages that are missing, and DuckDB into .deps/duckdb.
# Run it again at will: what is there is left alone. Without root it says what to ask for.
set -euo pipefail
cd "$(dirname "$0")/.."
lock=dependencies.lock.tsv
deps=.deps
need=${1:-test}  # build: to build and run; test: also what the tests need

rows() {  # rows CLIENT -> "name version hash" lines that are needed
  awk -F'\t' -v client="$1" -v need="$need" \
    '!/^#/ && $3 == client && ($5 == "build" || $5 == need) {print $1, $2, $4}' "$lock"
}

installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

install_packages() {
  local missing=()
  while read -r name _ _; do
    installed "$name" || missing+=("$name")
  done < <(rows apt)
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    echo "These Debian packages are missing, and installing them needs root. Ask for:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 4
  fi
  echo "installing ${#missing[@]} Debian packages: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >"$deps/apt.log" 2>&1 || { tail -20 "$deps/apt.log" >&2; exit 4; }
}

check_versions() {  # another version may work; that it is another one must be seen
  while read -r name version _; do
    local have
    have=$(dpkg-query -W -f '${Version}' "$name")
    case "${have#*:}" in
      *"$version"*) ;;
      *) echo "note: $name is $have, the lock file has $version" >&2 ;;
    esac
  done < <(rows apt)
}

npm_client() {
  if command -v npm >/dev/null; then
    echo npm
    return
  fi
  if [ ! -x "$deps/node/bin/npm" ]; then
    python3 -m venv "$deps/node"
    rows pip | awk '{print $1 "==" $2 " --hash=" $3}' >"$deps/node.txt"
    "$deps/node/bin/pip" install -q --no-deps --require-hashes -r "$deps/node.txt"
  fi
  PATH="$PWD/$deps/node/bin:$PATH"
  export PATH
  echo "$PWD/$deps/node/bin/npm"
}

fetch_npm() {  # fetch_npm PACKAGE MEMBER TARGET: one file out of a package whose hash is checked
  local package=$1 member=$2 target=$3 version hash archive
  [ -f "$target" ] && return 0
  read -r version hash < <(rows npm | awk -v p="$package" '$1 == p {print $2, $3}')
  echo "fetching $package $version"
  (cd "$deps" && PATH="$PWD/node/bin:$PATH" "$(cd .. && npm_client)" pack --silent --ignore-scripts "$package@$version" >/dev/null)
  archive=$(ls "$deps"/*"${package##*/}-$version.tgz")
  echo "${hash#sha512:}  $archive" | sha512sum --check --quiet || {
    echo "the archive of $package is not the one of the lock file" >&2
    rm -f "$archive"
    exit 3
  }
  mkdir -p "$(dirname "$target")"
  tar xzf "$archive" -O "$member" >"$target.part"
  mv "$target.part" "$target"
  rm -f "$archive"
}

mkdir -p "$deps"
install_packages
check_versions
fetch_npm @duckdb/node-bindings-linux-x64 package/libduckdb.so "$deps/duckdb/libduckdb.so"
fetch_npm duckdb package/src/duckdb/src/include/duckdb.h "$deps/duckdb/duckdb.h"
