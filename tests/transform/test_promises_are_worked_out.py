"""Every worked example of offtake, subsidies and padding is held by some test against the model that produces it."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent


def held_examples() -> dict[str, set[str]]:
    """Example -> tests that read its answers and ask a built file, or what a fixture asked of one."""
    held: dict[str, set[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef) or not function.name.startswith("test_"):
                continue
            arguments = {argument.arg for argument in function.args.args}
            if "worked_examples" not in arguments or len(arguments) < 2:
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Subscript) and getattr(node.value, "id", None) == "worked_examples":
                    held.setdefault(ast.literal_eval(node.slice), set()).add(function.name)
    return held


def test_every_worked_example_of_promises_is_asserted_against_a_model(worked_examples):
    promised = {name for name in worked_examples if name.startswith(("EX-O", "EX-G", "EX-A"))}
    assert len(promised) == 11
    assert promised - set(held_examples()) == set()
