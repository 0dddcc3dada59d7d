"""Write the C source of musicsched._native from the public headers, for cffi's API mode.

usage: make_ffi.py INCLUDE_DIR OUTPUT.c

The declarations are the headers themselves without comments and preprocessor lines, so they cannot
differ from them.
"""

import re
import sys
from pathlib import Path

from cffi import FFI

HEADERS = [
    "base",
    "version",
    "catalog",
    "popularity",
    "lookup",
    "plan",
    "calendar",
    "playlist",
    "history",
    "schedule",
    "arrow",
]

# Called back by the library, and the little C that Python cannot say: capsules that release what
# they hold, many texts at once, and a loop over many plans that does not come back to Python
# between them.
EXTRA_DECLARATIONS = """
extern "Python" int32_t msched_py_cancel(void *ctx);
extern "Python" void msched_py_progress(void *ctx, uint64_t done, uint64_t total);
extern "Python" int64_t msched_py_read(void *ctx, void *buffer, size_t size);
uintptr_t msched_py_stream_capsule_destructor(void);
uintptr_t msched_py_schema_capsule_destructor(void);
void *msched_py_new_stream(void);
void *msched_py_new_schema(void);
int msched_py_share_batch(struct ArrowArrayStream *stream, struct ArrowSchema *schema,
                          struct ArrowArray *array, void *owner);
void msched_py_drop_array(struct ArrowArray *array);
void msched_py_drop_schema(struct ArrowSchema *schema);
int msched_py_make_texts(void **objects, const char *data, const int32_t *offsets, int64_t count);
int32_t msched_py_flagged(void *ctx);
size_t msched_py_schedule_range(msched_schedule **out, const msched_catalog *catalog,
                                const msched_plan *const *plans, size_t count,
                                const msched_schedule_options *options, msched_error *err);
"""
PREAMBLE = Path(__file__).with_name("preamble.c").read_text(encoding="utf-8")


def declarations(include: Path) -> str:
    """All declarations of the public headers in the form that cffi reads."""
    texts = [(include / "musicsched" / f"{name}.h").read_text(encoding="utf-8") for name in HEADERS]
    numbers = dict(
        re.findall(
            r"^#define\s+((?:MSCHED|ARROW_FLAG)_[A-Z0-9_]+)\s+\(?(-?\d+)\)?\s*$",
            "\n".join(texts),
            re.M,
        )
    )
    parts = []
    for text in texts:
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        text = re.sub(r'^extern "C" \{\s*$', "", text, flags=re.M)
        text = re.sub(r"^#ifdef __cplusplus\s*\n\}\s*\n#endif", "", text, flags=re.M)
        text = re.sub(r"^\s*#.*$", "", text, flags=re.M)
        text = re.sub(r"\[(MSCHED_\w+)\]", lambda m: f"[{numbers[m.group(1)]}]", text)
        parts.append(text.replace("MSCHED_API ", ""))
    parts.extend(f"#define {name} ...\n" for name in numbers)
    return "\n".join(parts)


def main() -> None:
    include, output = Path(sys.argv[1]), sys.argv[2]
    ffi = FFI()
    ffi.cdef(declarations(include) + EXTRA_DECLARATIONS)
    ffi.set_source("musicsched._native", PREAMBLE)
    ffi.emit_c_code(output)
    # The code of cffi 1.17 calls memset and alloca, whose headers Python.h no longer includes in
    # Python 3.13. _GNU_SOURCE has to come first, as Python.h sets it.
    code = Path(output).read_text(encoding="utf-8")
    headers = "#define _GNU_SOURCE 1\n#include <stdlib.h>\n#include <string.h>\n"
    Path(output).write_text(headers + code, encoding="utf-8")


if __name__ == "__main__":
    main()
