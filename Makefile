# The doors of the project. `make check` is what CI runs.

export CARGO_TERM_COLOR ?= auto
TARGET := $(or $(CARGO_TARGET_DIR),target)
CANDOUR := $(TARGET)/release/candour
PORT ?= 8460

.PHONY: demo test check web release fmt clippy units walk interface deny typos bench clean-demo

demo: release ## build everything, make the invented town, serve it, print sign-in links
	$(CANDOUR) demo --port $(PORT)

web: web/dist/index.html ## build the web workspace

web/dist/index.html: web/package-lock.json $(shell find web/src web/public web/index.html -type f 2>/dev/null)
	cd web && npm ci --no-audit --no-fund && npm run build

release: web ## build the release binary, the workspace inside it
	cargo build --release --package candour-cli

test: needs web units walk interface ## install what the tests need and run all of them

.PHONY: needs
needs:
	scripts/install-test-needs

units: ## unit, property, command-line and interface tests, doc tests, tests of the web workspace's parts
	scripts/run-cargo-tests
	scripts/check-formats
	scripts/check-ledger
	cd web && npm run check

walk: web ## a browser walks through the workspace of a served demonstration town
	scripts/walk-the-workspace

interface: ## schemathesis tries the interface of a served demonstration town against its description
	scripts/check-interface

check: fmt clippy deny typos test ## everything that CI runs

fmt:
	cargo fmt --all --check

clippy: web
	cargo clippy --workspace --all-targets -- -D warnings

deny:
	scripts/check-licences

typos:
	scripts/check-spelling

clean-demo: ## forget the demonstration town
	rm -rf candour-demo
