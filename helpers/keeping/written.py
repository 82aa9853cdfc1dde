"""What a learner wrote, found again: the text of a def, of a lambda, or of a statement that made a thing."""

import ast
import linecache
import types

from helpers.keeping import CannotKeep

DEFS = (ast.FunctionDef, ast.AsyncFunctionDef)
NOT_FOUND = "its text is not to be found. Write it with def, in a cell of its own, and run that cell."


def text_of(function, decorated=False):
    """The def or the lambda that made a function, without indentation; CannotKeep where it is not found.

    decorated: with its decorators.
    """
    code = function.__code__
    linecache.checkcache(code.co_filename)
    own = "".join(linecache.getlines(code.co_filename))
    for text in [own] if own else _cells_with(code, function.__globals__):
        for node in ast.walk(_parsed(text)):
            if _first_line(node) == code.co_firstlineno and _made(node, code):
                return _alone(text, node, decorated)
    raise CannotKeep(NOT_FOUND)


def statement(name, namespace):
    """The newest statement of the notebook that gave a name its value, or "" where there is none."""
    for text in cells(namespace):
        for node in reversed([*_statements(_parsed(text).body)]):
            if name in _bound(node):
                return _alone(text, node, decorated=True)
    return ""


def cells(namespace):
    """The texts of the cells that ran, newest first; of a file its text."""
    ran = namespace.get("In")
    if isinstance(ran, list):
        yield from (_inside_magic(cell) for cell in reversed(ran) if isinstance(cell, str))
    if file := namespace.get("__file__"):
        yield "".join(linecache.getlines(file))


def all_codes(code):
    """A code object and those of the functions and classes inside it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from all_codes(inner)


def _cells_with(code, namespace):
    """The cells in which this very code was written: those of %%time have no file that holds their text."""
    for text in cells(namespace):
        if _parsed(text).body and code in all_codes(compile(text, "<cell>", "exec")):
            yield text


def _parsed(text):
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):  # a cell that never ran
        return ast.Module([], [])


def _inside_magic(cell):
    """A cell's text; of one that begins with %%time what stands below that line."""
    body = _parsed(cell).body
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "run_cell_magic":
        return ast.literal_eval(call.args[2])
    return cell


def _first_line(node):
    """The line of a def, its decorators included, or of a lambda, as Python counts it."""
    above = getattr(node, "decorator_list", None)
    return above[0].lineno if above else getattr(node, "lineno", None)


def _made(node, code):
    """Whether this def or lambda is the one that made the code, and not another on the same line."""
    if isinstance(node, DEFS):
        return node.name == code.co_name
    if not isinstance(node, ast.Lambda) or code.co_name != "<lambda>":
        return False
    compiled = compile(ast.Expression(node), "<lambda>", "eval")
    return any((c.co_code, c.co_consts) == (code.co_code, code.co_consts) for c in all_codes(compiled))


def _statements(body):
    """The statements of a cell, also those inside if, for, with and try."""
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody"):
            if not isinstance(node, (*DEFS, ast.ClassDef)):
                yield from _statements(getattr(node, part, []))


def _bound(node):
    """The names that a statement gives a value to."""
    if isinstance(node, (*DEFS, ast.ClassDef)):
        return {node.name}
    if not isinstance(node, (ast.Assign, ast.AnnAssign)):
        return set()
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}


def _alone(text, node, decorated):
    """The text of one statement or lambda, moved to the left margin."""
    if not isinstance(node, (*DEFS, ast.ClassDef)):
        segment = ast.get_source_segment(text, node)
        return f"({segment})" if isinstance(node, ast.Lambda) and "\n" in segment else segment
    first = _first_line(node) if decorated else node.lineno
    in_texts = {line for part in ast.walk(node) for line in _lines_in_text(part)}
    lines = []
    for number, line in enumerate(text.split("\n")[first - 1 : node.end_lineno], start=first):
        indent = 0 if number in in_texts else node.col_offset
        lines.append(line[:indent].lstrip() + line[indent:])
    return "\n".join(lines)


def _lines_in_text(node):
    """The lines that begin inside a text over several lines, and stay as they are."""
    is_text = isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), (str, bytes))
    return range(node.lineno + 1, node.end_lineno + 1) if is_text and hasattr(node, "lineno") else ()
