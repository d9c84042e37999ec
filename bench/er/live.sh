#!/bin/sh
# Live resolution against a file of the generator: every nth of its rows is held out, then asked for and added.
# live.sh FILE.csv [HELD_OUT]
set -eu
cd "$(dirname "$0")/../.."
S=forename=forename,surname=surname,dob=date,house_number=house_number,street=address,town=city,postcode=postcode,phone=phone,sex=category
CARGO_PROFILE_RELEASE_LTO=off cargo build --release -q -p candour-resolve --example live
"${CARGO_TARGET_DIR:-target}/release/examples/live" "$1" "$S" unique_id cluster "${2:-2000}"
