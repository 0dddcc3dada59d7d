# Commands of the project. `make run` and `make test` install what is missing (tools/install_packages.sh).
BUILD ?= build
PREFIX ?= /usr/local
PORT ?= 8080
VENV := .venv
# The real data set where it is (make data), else the synthetic sample that the build makes.
CATALOG ?= $(firstword $(wildcard data/spotify_songs.csv) $(BUILD)/sample_songs.csv)
PLAN ?= examples/plans/$(if $(findstring spotify,$(CATALOG)),real,sample)-day.txt
# Commands see the project's Python environment first, if there is one.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

SHELL_SCRIPTS = $(shell git ls-files '*.sh' .ci/run 2>/dev/null)
C_SOURCES = $(shell git ls-files '*.c' '*.h' 2>/dev/null)

.PHONY: help build run plan serve test lint format install data bench sanitize valgrind coverage fuzz clean
help:
	@echo "make run        plan a sample day, then serve the web page"
	@echo "make test       build and test everything, also under sanitizers"
	@echo "make build      build into $(BUILD)/"
	@echo "make install    install under PREFIX=$(PREFIX) (DESTDIR is kept)"
	@echo "make data       download the real data set into data/"
	@echo "make lint | format | bench | sanitize | valgrind | coverage | fuzz | clean"

build:
	@tools/install_packages.sh build
	@tools/configure.sh $(BUILD)
	@meson compile -C $(BUILD)

run: build plan serve

plan:
	@echo
	$(BUILD)/examples/cli/musicsched plan $(PLAN) --catalog $(CATALOG)

# Serves until it is stopped (Ctrl-C, or a TERM signal). RUN_ONCE=1 leaves it out.
serve:
	@if [ -n "$(RUN_ONCE)" ]; then exit 0; \
	elif [ ! -x $(BUILD)/examples/server/musicsched-server ]; then echo "The web server is not built: there is no page to serve."; \
	else echo; echo "The page is at http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)"; \
		exec $(BUILD)/examples/server/musicsched-server --catalog $(CATALOG) --port $(PORT); fi

test:
	@tools/install_packages.sh build test
	@tools/make_venv.sh $(VENV) tests/requirements.txt
	@tools/configure.sh $(BUILD) -Dtests=enabled
	@tools/configure.sh build-asan -Dtests=enabled -Dbench=disabled -Db_sanitize=address,undefined
	@UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ASAN_OPTIONS=allocator_may_return_null=1 \
		tools/run_tests.py $(BUILD) , build-asan --suite unit --timeout-multiplier 5

lint:
	@tools/install_packages.sh build lint
	@tools/configure.sh $(BUILD)
	clang-format --dry-run -Werror $(C_SOURCES)
	tools/run_clang_tidy.sh $(BUILD)
	shellcheck $(SHELL_SCRIPTS)
	tests/project/check_layers.py
	tests/project/check_header_docs.py

format:
	@tools/install_packages.sh lint
	clang-format -i $(C_SOURCES)

install: build
	meson configure $(BUILD) -Dprefix=$(PREFIX)
	meson install -C $(BUILD)

data:
	@tools/get_data.sh

bench: build
	tools/configure.sh build-release -Dbuildtype=release -Dtests=disabled -Dbench=enabled
	meson compile -C build-release
	meson test -C build-release --benchmark --verbose

sanitize:
	@tools/install_packages.sh build test
	SUITES="unit long" tools/check_build.sh asan
	tools/check_build.sh tsan

valgrind coverage:
	@tools/install_packages.sh build test cover
	tools/check_build.sh $@

fuzz:
	@tools/install_packages.sh build test
	tools/fuzz.sh

clean:
	rm -rf $(BUILD) build-*
