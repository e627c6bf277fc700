"""libhxl, the standard's own reader of HXL.

It imports `six` and does not ask for it; only one name of it is used.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_SIX: Any = ModuleType("six")
_SIX.string_types = (str,)
sys.modules.setdefault("six", _SIX)

hxl: Any = import_module("hxl")
