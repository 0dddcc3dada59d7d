# The extension module that cffi makes: its two objects resolve names at run time.
from typing import Any

ffi: Any
lib: Any
