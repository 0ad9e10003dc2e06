"""Reads one case per line of standard input, as JSON, and prints the decisions of MiniStack's IAM evaluator."""

import json
import sys

from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document

DECISIONS = {"Allow": "allowed", "Deny": "explicitDeny", "ImplicitDeny": "implicitDeny"}


def decide(layers, request):
    keys = {name.lower(): values if len(values) > 1 else values[0] for name, values in request["context"].items()}
    context = EvalContext(
        principal_arn=keys.get("aws:principalarn"),
        principal_type="AssumedRole",
        principal_account="111122223333",
        action=request["action"],
        resource_arn=request["resource"],
        region=keys.get("aws:requestedregion"),
        tag_keys=None,
        service_context=keys,
    )
    return DECISIONS[evaluate(context, *layers).decision]


for line in sys.stdin:
    case = json.loads(line)
    layers = [[parse_policy_document(document) for document in layer] for layer in case["layers"]]
    print(json.dumps([decide(layers, request) for request in case["requests"]]), flush=True)
