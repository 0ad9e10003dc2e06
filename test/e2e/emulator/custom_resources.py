"""Behavior of CloudFormation for custom resources that MiniStack lacks.

After a failed Create, CloudFormation sends a Delete for a resource that may exist. An answer must name the resource and
have at most 4,096 bytes, otherwise it is a failure (CloudFormation User Guide, "Custom resource response objects"). The
reason of a failure has CloudFormation's words. Two differences from AWS remain: the Delete comes before the rollback of
the stack instead of within it, and a function that throws is not retried twice.
"""

import json

from ministack.core.responses import new_uuid
from ministack.services.cloudformation import custom_resource

REQUIRED = ("Status", "PhysicalResourceId", "StackId", "RequestId", "LogicalResourceId")


def flaw(answer: dict) -> str | None:
    """Returns the mistake in an answer, or None."""
    if len(json.dumps(answer, separators=(",", ":"), ensure_ascii=False).encode()) > 4096:
        return "Response object is too long."
    missing = next((key for key in REQUIRED if not answer.get(key)), None)
    return None if missing is None else f"Vendor response doesn't contain {missing} key in object"


def add() -> None:
    invoke, deliver = custom_resource.invoke_custom_resource, custom_resource.deliver_response
    answers: dict[tuple[str, str], dict] = {}

    def delivered(token, answer):
        wrong = flaw(answer)
        if wrong is not None:
            answer = {**answer, "Status": "FAILED", "Reason": wrong}
        answers[answer.get("StackId", ""), answer.get("LogicalResourceId", "")] = answer
        return deliver(token, answer)

    def invoked(request, logical_id, properties, stack_name, stack_id, kind, physical_id=None, old_props=None):
        answers.pop((stack_id, logical_id), None)
        try:
            return invoke(request, logical_id, properties, stack_name, stack_id, kind, physical_id, old_props)
        except (RuntimeError, TimeoutError) as error:
            answer = answers.get((stack_id, logical_id), {})
            if request == "Create":
                physical_id = answer.get("PhysicalResourceId") or f"{stack_name}-{logical_id}-{new_uuid()[:12].upper()}"
                invoke("Delete", logical_id, properties, stack_name, stack_id, kind, physical_id)
            if isinstance(error, TimeoutError):
                raise
            raise RuntimeError(
                f"Received response status [FAILED] from custom resource. Message returned: {error} "
                f"(RequestId: {answer.get('RequestId')})"
            ) from error

    custom_resource.deliver_response = delivered
    custom_resource.invoke_custom_resource = invoked
