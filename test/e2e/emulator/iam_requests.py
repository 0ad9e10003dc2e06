"""Corrects the request context that MiniStack passes to its IAM evaluator.

- `aws:PrincipalArn` of a role's session is the role's ARN (IAM User Guide, "AWS global condition context keys").
  MiniStack uses the session's ARN.
- The resource of GetParametersByPath is the parameter that the path names, and that of GetInferenceProfile is the
  profile, of either kind (Service Authorization Reference). MiniStack uses `*` and knows only system-defined profiles.
- The resource of GetParameters is each of the parameters. MiniStack uses `*`. Here it is the first one, because all of a
  request have one application.
- The resource of attaching and detaching a policy is the ARN of the role or user, with its path, and the request
  carries iam:PolicyARN. MiniStack omits both.
"""

import json
from contextvars import ContextVar

from inference_profiles import find_application_profile
from ministack.core import iam_actions, iam_evaluator
from ministack.services import iam


policy_of_request: ContextVar[str | None] = ContextVar("policy_of_request", default=None)


def first(query: dict, name: str) -> str:
    value = query.get(name) or ""
    return value[0] if isinstance(value, list) else value


def add() -> None:
    resolve, resource = iam_evaluator._resolve_condition_key, iam_actions.extract_resource_arn

    def resolved(key, context):
        if key.lower() == "aws:principalarn" and ":assumed-role/" in context.principal_arn:
            role = iam._roles.get(context.principal_arn.split("/")[1])
            return context.principal_arn if role is None else role["Arn"]
        if key.lower() == "iam:policyarn":
            return policy_of_request.get()
        return resolve(key, context)

    def resource_of_request(service, method, path, headers, body, query, region, account):
        if service == "ssm" and headers.get("x-amz-target", "").endswith(".GetParametersByPath"):
            parameter = json.loads(body).get("Path", "").strip("/")
            return f"arn:aws:ssm:{region}:{account}:parameter/{parameter}"
        if service == "ssm" and headers.get("x-amz-target", "").endswith(".GetParameters"):
            first_name = (json.loads(body).get("Names") or [""])[0].strip("/")
            return f"arn:aws:ssm:{region}:{account}:parameter/{first_name}"
        if service == "iam":
            policy_of_request.set(first(query, "PolicyArn") or None)
            for store, name in ((iam._roles, "RoleName"), (iam._users, "UserName")):
                entity = store.get(first(query, name))
                if entity is not None:
                    return entity["Arn"]
        if service == "bedrock" and path.startswith("/inference-profiles/"):
            identifier = path.removeprefix("/inference-profiles/")
            profile = find_application_profile(identifier)
            if profile is not None:
                return profile["InferenceProfileArn"]
            return identifier if identifier.startswith("arn:") else (
                f"arn:aws:bedrock:{region}:{account}:inference-profile/{identifier}")
        return resource(service, method, path, headers, body, query, region, account)

    iam_evaluator._resolve_condition_key = resolved
    iam_actions.extract_resource_arn = resource_of_request
