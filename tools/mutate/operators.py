"""Finds the small changes of meaning that a source file allows: each puts another thing into its tree."""

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED = {
    ast.Lt: "LtE", ast.LtE: "Lt", ast.Gt: "GtE", ast.GtE: "Gt", ast.Eq: "NotEq", ast.NotEq: "Eq",
    ast.In: "NotIn", ast.NotIn: "In", ast.Is: "IsNot", ast.IsNot: "Is",
    ast.Add: "Sub", ast.Sub: "Add", ast.Mult: "Div", ast.Div: "Mult", ast.FloorDiv: "Mult", ast.Mod: "Mult",
    ast.BitAnd: "BitOr", ast.And: "Or", ast.Or: "And",
}  # fmt: skip
TEXT = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)  # with `+` put together, not added up
EMPTY = {ast.List: "[]", ast.ListComp: "[]", ast.Tuple: "()", ast.Dict: "{}", ast.DictComp: "{}"}
Found = Iterator[tuple[str, str, str]]  # the operator, the field of the node, what is put there


@dataclass(frozen=True, slots=True)
class Change:
    """Puts `after` into a field of the node of that number; `place` counts in a field that holds several."""

    operator: str
    line: int
    node: int
    field: str
    after: str
    place: int | None = None

    def apply(self, source):
        """Returns the mutated source, as `ast` writes it."""
        tree = ast.parse(source)
        node = _visited(tree)[self.node]
        made = ast.literal_eval(self.after) if isinstance(node, ast.Constant) else _made(self.after)
        if self.place is None:
            setattr(node, self.field, made)
        else:
            getattr(node, self.field)[self.place] = made
        return ast.unparse(tree)

    def lines(self, source):
        """Returns the one line of the code before and after."""
        both = (ast.unparse(ast.parse(source)), self.apply(source))
        ((before, after),) = {
            pair for pair in zip(*(text.splitlines() for text in both), strict=True) if len(set(pair)) > 1
        }
        return before.strip(), after.strip()

    def compiles(self, source):
        """Tells whether the mutated source compiles without a warning and is another program."""
        mutated = self.apply(source)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                compile(mutated, "mutated", "exec")
            except (SyntaxError, SyntaxWarning):
                return False
        return mutated != ast.unparse(ast.parse(source))


def changes(source):
    """Lists every change of a file's source, in the order of the tree."""
    nodes = _visited(ast.parse(source))
    words = {id(word) for node in nodes for word in _compared(node)}
    found = []
    for number, node in enumerate(nodes):
        line = getattr(node, "lineno", 0)
        found += [Change(operator, line, number, *rest) for operator, *rest in _changes(node)]
        if isinstance(node, ast.Compare):
            found += [
                Change("compare otherwise", line, number, "ops", SWAPPED[type(each)], place)
                for place, each in enumerate(node.ops)
            ]
        if id(node) in words:
            found.append(Change("compare with another word", line, number, "value", repr(f"{node.value}~")))
    return found


def _changes(node):
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log")))):
            return
        case ast.Expr(value=ast.Call() | ast.Await(value=ast.Call())):
            yield "drop the call", "value", "..."
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "return nothing", "value", EMPTY.get(type(value), "None")
        case ast.Constant(value=bool() as truth):
            yield "flip the truth", "value", str(not truth)
        case ast.Constant(value=int() as number):
            yield "one more", "value", str(number + 1)
            yield "one less", "value", str(number - 1)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SWAPPED:
            if not _is_text(left) and not _is_text(right):
                yield "reckon otherwise", "op", SWAPPED[type(op)]
        case ast.BoolOp(op=op):
            yield "and for or", "op", SWAPPED[type(op)]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "drop the not", "operand", f"not ({ast.unparse(operand)})"


def _made(text):
    """The operator of that name, else the expression."""
    operator = getattr(ast, text, None)
    return operator() if operator else ast.parse(text, mode="eval").body


def _visited(node):
    """Lists the nodes that may be changed, in their order."""
    return [node, *(each for child in _children(node) for each in _visited(child))]


def _children(node):
    """Leaves out annotations, decorators, docstrings, f-strings, logging, __all__, __repr__, *_SECONDS."""
    match node:
        case ast.FunctionDef(args=args, body=body) | ast.AsyncFunctionDef(args=args, body=body):
            inside = [*args.defaults, *filter(None, args.kw_defaults), *body]
            return [] if node.name == "__repr__" else inside
        case ast.ClassDef(body=body):
            return body
        case ast.AnnAssign(target=target, value=value):
            return [] if value is None or _is_left_out(target) else [value]
        case ast.Assign(targets=targets) if any(map(_is_left_out, targets)):
            return []
        case ast.JoinedStr() | ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log")))):
            return []
    return list(ast.iter_child_nodes(node))


def _compared(node):
    """The strings that something is compared with."""
    operands = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
    operands += [node.value] if isinstance(node, ast.MatchValue) else []
    for operand in operands:
        for each in operand.elts if isinstance(operand, ast.Tuple | ast.List | ast.Set) else [operand]:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each


def _is_left_out(target):
    return isinstance(target, ast.Name) and (target.id == "__all__" or target.id.endswith("_SECONDS"))


def _is_text(node):
    return isinstance(node, TEXT) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
