"""Decides with MiniStack's evaluator whether trust policies admit callers that a test cannot be, such as a service.

Reads a list of cases from standard input, each with a document, a caller, an action and a context, and prints a list of
answers. The evaluator knows no callers that are services, and providers of tokens for one action only, so the statements
for these are chosen here, by their whole name. The evaluator decides the rest: the actions and the conditions.
"""

import json
import sys

from ministack.core.iam_evaluator import EvalContext, evaluate_trust_policy

MULTIVALUED = "aws:tagkeys"


def for_caller(document: dict, caller: str) -> dict:
    """Returns the statements of a document that name the service or the provider, for any caller."""
    named = [s for s in document["Statement"] if s["Principal"] in ({"Service": caller}, {"Federated": caller})]
    return {**document, "Statement": [{**statement, "Principal": "*"} for statement in named]}


def admits(case: dict) -> bool:
    caller, document = case["caller"], case["document"]
    values = {key.lower(): values for key, values in case["context"].items()}
    context = EvalContext(
        principal_arn=caller,
        principal_type="AssumedRole",
        principal_account="",
        action=case["action"],
        resource_arn="*",
        region="",
        service_context={key: value if key == MULTIVALUED else value[0] for key, value in values.items()},
    )
    is_account = ":role/" in caller or ":user/" in caller
    return evaluate_trust_policy(document if is_account else for_caller(document, caller), caller, context)


print(json.dumps([admits(case) for case in json.load(sys.stdin)]))
