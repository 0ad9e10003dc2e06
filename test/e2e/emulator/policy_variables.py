"""Fills in policy variables, which MiniStack compares as plain text.

AWS replaces a variable by the value of its key. If the request lacks the key, the text with the variable matches nothing
(IAM User Guide, "Variables and tags").
"""

import re
from dataclasses import replace

from ministack.core import iam_evaluator

VARIABLE = re.compile(r"\$\{(aws:[^}]+)\}", re.IGNORECASE)
NO_VALUE = "\0"


def filled(value: object, keys: dict) -> object:
    """Returns a value of a condition, or a list of values, with the values of the caller's keys."""
    if isinstance(value, list):
        return [filled(item, keys) for item in value]
    return VARIABLE.sub(lambda v: str(keys.get(v[1].lower(), NO_VALUE)), value) if isinstance(value, str) else value


def with_values(policies: list, keys: dict) -> list:
    """Returns policies, each a list of statements, whose conditions have no variables about the caller."""
    return [
        [
            replace(
                statement,
                conditions={
                    operator: {key: filled(value, keys) for key, value in block.items()}
                    for operator, block in statement.conditions.items()
                },
            )
            for statement in policy
        ]
        for policy in policies
    ]


def add() -> None:
    resolve = iam_evaluator.resolve_principal

    def resolve_principal(access_key_id, account_id, credential=None):
        principal = resolve(access_key_id, account_id, credential)
        if isinstance(principal, iam_evaluator.AuthError) or principal.policies is None:
            return principal
        return replace(
            principal,
            policies=with_values(principal.policies, principal.keys),
            limits=[with_values(layer, principal.keys) for layer in principal.limits],
        )

    iam_evaluator.resolve_principal = resolve_principal
