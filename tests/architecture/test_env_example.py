"""Every variable the settings read is in `.env.example`, and nothing else is."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def variables_read() -> set[str]:
    tree = ast.parse((ROOT / "tracker/settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[0] in {"env", "kept_key"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def variables_explained() -> set[str]:
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_the_settings_read_what_the_example_explains():
    assert variables_read() == variables_explained()


def test_the_settings_read_the_environment_in_one_way():
    assert "os.environ" not in (ROOT / "tracker/settings.py").read_text()
