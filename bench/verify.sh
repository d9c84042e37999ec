#!/usr/bin/env bash
# Verifying a published log: makes one of so many entries in a folder and verifies it three times, every tile, entry,
# signature and cosignature. usage: verify.sh [ENTRIES [FOLDER]]
set -euo pipefail
entries=${1:-1000000}
folder=${2:-$(mktemp -d)}
[ -n "${2:-}" ] || trap 'rm -rf "$folder"' EXIT
cd "$(dirname "$0")/.."
cargo build --quiet --release --package candour-ledger --example log
log="${CARGO_TARGET_DIR:-target}/release/examples/log"
"$log" make "$entries" "$folder/log"
for _ in 1 2 3; do
  "$log" verify "$folder/log"
done
