# Commands of the project; CONTRIBUTING.md says more.
BUILD ?= build
.PHONY: all build test clean
all: build
$(BUILD)/build.ninja:
	meson setup $(BUILD)
build: $(BUILD)/build.ninja
	meson compile -C $(BUILD)
test: build
	meson test -C $(BUILD) --print-errorlogs
clean:
	rm -rf $(BUILD)
