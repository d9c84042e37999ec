#!/usr/bin/env bash
# Import rates. usage: import_rate.sh CANDOUR [FOLDER]; FOLDER (default: a temporary one) needs about 2.5 GB.
set -euo pipefail
candour=$1
here=$(cd "$(dirname "$0")" && pwd)
folder=${2:-$(mktemp -d)}
[ -n "${2:-}" ] || trap 'rm -rf "$folder"' EXIT
home="$folder/home"
"$candour" init --home "$home" --quiet >/dev/null
run() { # NAME STATEMENTS SEED FIRST
  python3 "$here/generate_entities.py" "$2" "$folder/$1.ijson" "$3" "$4"
  python3 - "$1" "$candour" import "$folder/$1.ijson" --dataset bench --home "$home" --as analyst --purpose demo --json <<'PY'
import json, os, subprocess, sys
name, command = sys.argv[1], sys.argv[2:]
child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
answer = json.loads(child.stdout.read())
_, status, usage = os.wait4(child.pid, 0)
assert status == 0, status
rate = answer["statements"] / answer["seconds"]
print(f"{name:<28}{answer['statements']:>10} statements {answer['seconds']:>7.1f} s {rate:>9.0f}/s, ready {answer['ready_seconds'] - answer['seconds']:>5.1f} s later, {usage.ru_utime + usage.ru_stime:>6.1f} CPU-s, peak {usage.ru_maxrss // 1024} MiB")
PY
  rm "$folder/$1.ijson"
}
run empty-home 5000000 1 0
run five-million-more 5000000 2 1000000
run one-million-into-ten 1000000 3 2000000
run one-million-overlapping 1000000 9 0
