"""Behavior of CloudFormation for custom resources that MiniStack lacks.

After a failed Create, CloudFormation sends a Delete for a resource that may exist. An answer must name the resource and
have at most 4,096 bytes, otherwise it is a failure (CloudFormation User Guide, "Custom resource response objects"). The
reason of a failure has CloudFormation's words. While CloudFormation waits for an answer, DescribeStackResource shows the
resource in progress; MiniStack would show its state before the request. Two differences from AWS remain: the Delete comes before the rollback of
the stack instead of within it, and a function that throws is not retried twice.
"""

import json

from ministack.core.responses import new_uuid
from ministack.services.cloudformation import custom_resource, handlers

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
    waiting: dict[tuple[str, str], dict] = {}

    def delivered(token, answer):
        wrong = flaw(answer)
        if wrong is not None:
            answer = {**answer, "Status": "FAILED", "Reason": wrong}
        answers[answer.get("StackId", ""), answer.get("LogicalResourceId", "")] = answer
        return deliver(token, answer)

    def wait(request, logical_id, properties, stack_name, stack_id, kind, physical_id=None, old_props=None):
        status = {"ResourceType": kind, "ResourceStatus": f"{request.upper()}_IN_PROGRESS"}
        waiting[stack_id, logical_id] = {**status, **({} if physical_id is None else {"PhysicalResourceId": physical_id})}
        try:
            return invoke(request, logical_id, properties, stack_name, stack_id, kind, physical_id, old_props)
        finally:
            waiting.pop((stack_id, logical_id), None)

    def described(params):
        stack = handlers._resolve_stack(handlers._p(params, "StackName"))
        logical_id = handlers._p(params, "LogicalResourceId")
        resource = waiting.get((stack["StackId"], logical_id)) if stack else None
        if resource is None:
            return describe(params)
        shown = {**resource, "LogicalResourceId": logical_id, "StackId": stack["StackId"]}
        detail = "".join(f"<{key}>{handlers._esc(value)}</{key}>" for key, value in shown.items())
        result = f"<StackResourceDetail>{detail}</StackResourceDetail>"
        name = "DescribeStackResource"
        return handlers._xml(200, f"{name}Response", f"<{name}Result>{result}</{name}Result>")

    def invoked(request, logical_id, properties, stack_name, stack_id, kind, physical_id=None, old_props=None):
        answers.pop((stack_id, logical_id), None)
        try:
            return wait(request, logical_id, properties, stack_name, stack_id, kind, physical_id, old_props)
        except (RuntimeError, TimeoutError) as error:
            answer = answers.get((stack_id, logical_id), {})
            if request == "Create":
                physical_id = answer.get("PhysicalResourceId") or f"{stack_name}-{logical_id}-{new_uuid()[:12].upper()}"
                wait("Delete", logical_id, properties, stack_name, stack_id, kind, physical_id)
            if isinstance(error, TimeoutError):
                raise
            raise RuntimeError(
                f"Received response status [FAILED] from custom resource. Message returned: {error} "
                f"(RequestId: {answer.get('RequestId')})"
            ) from error

    describe = handlers._ACTION_HANDLERS["DescribeStackResource"]
    handlers._ACTION_HANDLERS["DescribeStackResource"] = described
    custom_resource.deliver_response = delivered
    custom_resource.invoke_custom_resource = invoked
