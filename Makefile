# What people type. CMakePresets.json has the builds; tools/ has what is more than a line.
.PHONY: help deps deps-test build demo test check asan tsan bench eval fuzz mutate format clean
JOBS ?= $(shell nproc)
# Labelled data for measurement and for the tests that read real lists; they say so when it is not there.
export TIDEWAITER_SHARED ?= $(abspath $(CURDIR)/../shared)

help:  ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

deps:  ## install what the build needs (dependencies.lock.tsv)
	@tools/fetch_dependencies.sh build
deps-test:
	@tools/fetch_dependencies.sh test

build/%/build.ninja: CMakePresets.json
	cmake --preset $* >build-$*.log 2>&1 || { cat build-$*.log; exit 1; }; rm -f build-$*.log

build: deps build/release/build.ninja  ## the program: build/release/tidewaiter
	@cmake --build --preset release --target tidewaiter -j $(JOBS)

demo: build  ## 20,000 made-up customs lines through the main job; prints the path of report.html
	@tools/demo.sh

check: deps-test build/release/build.ninja  ## release build and its tests
	@cmake --build --preset release -j $(JOBS)
	@ctest --preset release -j $(JOBS)

asan: deps-test build/asan/build.ninja  ## every test under address and undefined-behaviour sanitizers, every fuzz target for 20 s
	@cmake --build --preset asan -j $(JOBS)
	@ctest --preset asan -j $(JOBS)

# Folders that work on several threads.
THREADED := base tables watchlist ledger resolve inspect
tsan: deps-test build/tsan/build.ninja  ## tests of the THREADED folders under the thread sanitizer
	@cmake --build --preset tsan -j $(JOBS) --target $(addsuffix _test,$(THREADED))
	@TSAN_OPTIONS=suppressions=$(CURDIR)/tools/tsan.supp:halt_on_error=1 ctest --preset tsan -j $(JOBS) -R '^($(subst $(space),|,$(THREADED)))$$'

test: check asan  ## release build with every test, then everything again under the sanitizers

bench: deps-test build/release/build.ninja  ## measured figures, with the machine
	@cmake --build --preset release -j $(JOBS)
	@tools/bench.sh

eval: build  ## match quality on labelled sets
	@tools/eval.sh

fuzz: deps-test build/asan/build.ninja  ## each fuzz target for SECONDS_EACH (default 60)
	@cmake --build --preset asan -j $(JOBS)
	@tools/fuzz.sh

mutate: deps-test build/release/build.ninja  ## change every threshold, date and code of the rule packs; scenarios must notice
	@cmake --build --preset release -j $(JOBS)
	@tools/mutate.sh

format:  ## clang-format over everything
	@git ls-files '*.cc' '*.h' | xargs clang-format-19 -i

clean:
	rm -rf build out
