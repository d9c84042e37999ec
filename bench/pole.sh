#!/usr/bin/env bash
# The POLE example whole. usage: pole.sh CANDOUR POLE_FOLDER [FOLDER]
set -euo pipefail
candour=$1
pole=$2
here=$(cd "$(dirname "$0")" && pwd)
folder=${3:-$(mktemp -d)}
[ -n "${3:-}" ] || trap 'rm -rf "$folder"' EXIT
home="$folder/home"
"$candour" init --home "$home" --quiet >/dev/null
for turn in first again; do
  python3 - "$turn" "$candour" import "$pole" --mapping "$here/../examples/pole/mapping.yml" --home "$home" --as analyst --purpose demo --json <<'PY'
import json, os, subprocess, sys
turn, command = sys.argv[1], sys.argv[2:]
child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
answer = json.loads(child.stdout.read())
_, status, usage = os.wait4(child.pid, 0)
assert status == 0, status
print(f"{turn}: {answer['entities']} entities, {answer['statements']} statements, {answer['links']} links, {answer['rejected']} rejected, {answer['seconds']:.2f} s, ready after {answer['ready_seconds']:.2f} s, peak {usage.ru_maxrss // 1024} MiB")
PY
done
python3 "$here/served_latency.py" "$candour" "$home"
