#!/bin/sh
# Entity resolution beside the peer: run.sh CANDOUR PEER [OPTIONS of run.py], where PEER is a virtual environment with splink.
set -eu
[ $# -ge 2 ] || { echo "usage: run.sh CANDOUR PEER_VENV [OPTIONS]" >&2; exit 2; }
candour=$(realpath "$1"); peer=$(realpath "$2"); shift 2
exec "$peer/bin/python" "$(dirname "$0")/run.py" --candour "$candour" "$@"
