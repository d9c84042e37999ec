#!/usr/bin/env bash
# Name matching beside its peer, in one go. usage: names.sh PAIRS.csv [PYTHON]
# PAIRS.csv: schema,name1,name2,is_match. PYTHON: one that has nomenklatura 4.17.4, for the peer's figures.
set -euo pipefail
pairs=$(realpath "$1")
python=${2:-python3}
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
candour=${CANDOUR:-$target/release/candour}
speed=${NAME_SPEED:-$target/release/examples/name_speed}
[ -x "$candour" ] || cargo build --release -p candour-cli
[ -x "$speed" ] || cargo build --release -p candour-resolve --example name_speed
"$python" bench/er/names.py "$candour" "$speed" "$pairs"
