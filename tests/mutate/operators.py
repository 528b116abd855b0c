"""Finds the small changes of meaning that a source file allows, each a replacement of a few bytes.

`ast` chooses the places; the text around them stays as it is written.
"""

import ast
import re
import warnings
from dataclasses import dataclass

COMPARISONS = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: (r"not\s+in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: (r"is\s+not", "is"),
}
ARITHMETIC = {
    ast.Add: (r"\+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: (r"\*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.BitAnd: ("&", "|"),
}
BOOLEAN = {ast.And: ("and", "or"), ast.Or: ("or", "and")}
TEXT = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)  # with `+` put together, not added up
EMPTY = {ast.List: "[]", ast.ListComp: "[]", ast.Tuple: "()", ast.Dict: "{}", ast.DictComp: "{}"}
LOG = "log"


@dataclass(frozen=True, slots=True)
class Change:
    """Replaces the bytes from `start` to `end` of a file by `after`."""

    operator: str
    line: int
    start: int
    end: int
    after: str

    def apply(self, source: str) -> str:
        """Returns the mutated source."""
        data = source.encode()
        return (data[: self.start] + self.after.encode() + data[self.end :]).decode()

    def compiles(self, source: str) -> bool:
        """Tells whether the mutated source compiles without a warning and is another program."""
        mutated = self.apply(source)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                compile(mutated, "mutated", "exec")
            except (SyntaxError, SyntaxWarning):
                return False
        return ast.dump(ast.parse(mutated)) != ast.dump(ast.parse(source))


def changes(source: str) -> list[Change]:
    """Lists every change of a file's source, in the order of the tree."""
    finder = _Finder(source)
    finder.visit(ast.parse(source))
    return finder.found


class _Finder(ast.NodeVisitor):
    """Leaves out annotations, decorators, docstrings, f-strings, logging, __all__, __repr__, *_SECONDS."""

    def __init__(self, source: str) -> None:
        self.data = source.encode()
        self.lines = [0, *(found.end() for found in re.finditer(b"\n", self.data))]
        self.found: list[Change] = []

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if node.name != "__repr__":
            self._visit_each([*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body])

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_each(node.body)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value and not _is_left_out(node.target):
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(map(_is_left_out, node.targets)):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Has wrong positions inside before Python 3.12."""

    def visit_Expr(self, node: ast.Expr) -> None:
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and not _is_logging(call):
            self._replace("drop the call", node, "pass")
            self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value and not isinstance(node.value, ast.Constant):
            empty = EMPTY.get(type(node.value), "None")
            self._replace("return nothing", node.value, empty)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self._replace("flip the truth", node, str(not node.value))
        elif isinstance(node.value, int):
            self._replace("one more", node, str(node.value + 1))
            self._replace("one less", node, str(node.value - 1))

    def visit_Compare(self, node: ast.Compare) -> None:
        operands = [node.left, *node.comparators]
        for left, kind, right in zip(operands, node.ops, node.comparators, strict=False):
            self._swap("compare otherwise", left, right, *COMPARISONS[type(kind)])
        for operand in operands:
            self._respell(operand)
        self.generic_visit(node)

    def visit_MatchValue(self, node: ast.MatchValue) -> None:
        self._respell(node.value)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        swap = ARITHMETIC.get(type(node.op))
        if swap and not any(_is_text(side) for side in (node.left, node.right)):
            self._swap("reckon otherwise", node.left, node.right, *swap)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._swap("and for or", left, right, *BOOLEAN[type(node.op)])
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._add("drop the not", node, self._start(node), self._start(node) + len("not "), "")
        self.generic_visit(node)

    def _visit_each(self, nodes: list[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _respell(self, node: ast.expr) -> None:
        """Changes the strings that something is compared with."""
        for each in node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                self._replace("compare with another word", each, repr(f"{each.value}~"))

    def _replace(self, operator: str, node: ast.expr | ast.stmt, after: str) -> None:
        self._add(operator, node, self._start(node), self._end(node), after)

    def _swap(self, operator: str, left: ast.expr, right: ast.expr, before: str, after: str) -> None:
        """Replaces the operator that is written between two operands."""
        found = re.search(before.encode(), self.data[self._end(left) : self._start(right)])
        if found:
            start = self._end(left)
            self._add(operator, left, start + found.start(), start + found.end(), after)

    def _add(self, operator: str, node: ast.expr | ast.stmt, start: int, end: int, after: str) -> None:
        line = node.lineno + self.data[self._start(node) : start].count(b"\n")
        self.found.append(Change(operator, line, start, end, after))

    def _start(self, node: ast.expr | ast.stmt) -> int:
        return self.lines[node.lineno - 1] + node.col_offset

    def _end(self, node: ast.expr | ast.stmt) -> int:
        return self.lines[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)


def _is_left_out(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and (target.id == "__all__" or target.id.endswith("_SECONDS"))


def _is_logging(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == LOG
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, TEXT) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
