"""Make a design system's stylesheet smaller: drop the rules and variables that no page of ours uses.

Only what is needed to read ready-made CSS: blocks, declarations, strings and comments.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

SKIPPABLE = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|/\*.*?\*/|url\([^)\"']*\)", re.DOTALL)


@dataclass
class Block:
    """A rule or an at-rule: what stands before the brace, and what stands inside."""

    head: str
    body: list["Block | str"] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.head}{{{''.join(map(str, self.body))}}}"


def tokens(css: str) -> Iterator[str]:
    """Single characters, but strings and addresses as one piece; comments are gone."""
    at = 0
    for match in SKIPPABLE.finditer(css):
        yield from css[at : match.start()]
        if not match[0].startswith("/*"):
            yield match[0]
        at = match.end()
    yield from css[at:]


def parse(css: str) -> Block:
    """The stylesheet as a tree; its root has an empty head."""
    root = Block("")
    stack, text = [root], ""
    for piece in tokens(css):
        if piece == "{":
            block = Block(" ".join(text.split()))
            stack[-1].body.append(block)
            stack.append(block)
            text = ""
        elif piece in ";}":
            if text.strip():
                stack[-1].body.append(declaration(text))
            text = ""
            if piece == "}":
                stack.pop()
        else:
            text += piece
    return root


def declaration(text: str) -> str:
    """`color : red` as `color:red;`"""
    name, colon, value = " ".join(text.split()).partition(":")
    return f"{name.strip()}{colon}{value.strip()};"


def selectors(head: str) -> list[str]:
    """The alternatives of a selector list, split at the commas outside of brackets."""
    parts, depth, text = [], 0, ""
    for piece in tokens(head):
        depth += (piece in "([") - (piece in ")]")
        if piece == "," and not depth:
            parts.append(text)
            text = ""
        else:
            text += piece
    return [*parts, text]


def trimmed(block: Block, unused: Callable[[str], bool]) -> Block:
    """The same block without selectors and declarations that are `unused`; empty rules go too."""
    kept = Block(block.head)
    for item in block.body:
        if isinstance(item, str):
            if not unused(item.partition(":")[0]):
                kept.body.append(item)
            continue
        inside = trimmed(item, unused)
        if not item.head.startswith("@"):
            inside.head = ",".join(s for s in selectors(item.head) if not unused(s))
        if inside.head and (inside.body or not item.body):
            kept.body.append(inside)
    return kept


def trim(css: str, unused: Callable[[str], bool]) -> str:
    """The stylesheet without comments and without what is `unused` (asked of each selector and property)."""
    return "".join(map(str, trimmed(parse(css), unused).body)).replace(";}", "}")
