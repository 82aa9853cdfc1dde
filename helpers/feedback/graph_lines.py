"""The line of a learner's backward() of a graph that a mistake has to do with, found in its syntax tree."""

import ast


def _sets_gradient(node, to_a_number):
    """Whether a statement sets or adds to a gradient: to a plain number such as 0, or to something else."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    sets = isinstance(node, (ast.Assign, ast.AugAssign)) and getattr(targets[-1], "attr", "") == "gradient"
    return sets and isinstance(node.value, ast.Constant) is to_a_number


def _first(nodes):
    return next((node.lineno for node in nodes), None)


def where_handed_on(tree):
    """The number of the line that hands a gradient on to an input; None where it is not found."""
    loops = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))]
    return _first(node for loop in loops for node in ast.walk(loop) if _sets_gradient(node, False))


def where_it_walks(tree):
    """The number of the line of the outermost loop in which gradients are handed on."""
    loops = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))]
    return _first(loop for loop in loops if any(_sets_gradient(node, False) for node in ast.walk(loop)))


def where_it_comes_again(tree):
    """The number of the line in which a function inside calls itself."""
    inner = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    calls = [(one.name, node) for one in inner for node in ast.walk(one) if isinstance(node, ast.Call)]
    return _first(node for name, node in calls if getattr(node.func, "id", "") == name)


def where_the_row_grows(tree):
    """The number of the line in which a node is put into the row."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return _first(node for node in calls if getattr(node.func, "attr", "") in ("append", "insert"))


def where_it_starts(tree):
    """The number of the line that sets the output's gradient to something that is no plain number."""
    return _first(
        node for node in ast.walk(tree) if isinstance(node, ast.Assign) and _sets_gradient(node, False)
    )


def where_it_is_0(tree):
    """The number of the last line that sets a gradient to 0, or else of the last with another number."""
    set_to = [(node.value.value == 0, node.lineno) for node in ast.walk(tree) if _sets_gradient(node, True)]
    return max(set_to, default=(0, None))[1]


def where_it_is_cleared(tree):
    """The number of the line that sets a gradient to 0 in the loop that hands on, or else of that loop."""
    walk = where_it_walks(tree)
    loops = [
        node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While)) and node.lineno == walk
    ]
    sets = [node for loop in loops for node in ast.walk(loop) if isinstance(node, ast.Assign)]
    return (
        _first(node for node in sets if "gradient" in _attributes(node.targets) and 0 in _numbers(node.value))
        or walk
    )


def _attributes(targets):
    return {node.attr for target in targets for node in ast.walk(target) if isinstance(node, ast.Attribute)}


def _numbers(value):
    return {node.value for node in ast.walk(value) if isinstance(node, ast.Constant)}


PLACES = {  # where each mistake has its line
    "backward-overwrites": where_handed_on,
    "backward-local-missing": where_handed_on,
    "backward-upstream-missing": where_handed_on,
    "backward-value-for-gradient": where_handed_on,
    "backward-links-added": where_handed_on,
    "not-known": where_handed_on,
    "backward-not-reset": where_handed_on,
    "backward-output-not-1": where_it_is_0,
    "backward-cleared-on-the-way": where_it_is_cleared,
    "backward-output-value": where_it_starts,
    "backward-wrong-order": where_it_walks,
    "backward-visited-again": where_it_comes_again,
    "backward-handed-on-twice": where_it_comes_again,
    "backward-node-before-inputs": where_the_row_grows,
}
