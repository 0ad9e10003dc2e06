"""The IAM checks of one call of a model, modeled on AWS's documentation. Each of them must allow the call.

Converse and InvokeModel need the action bedrock:InvokeModel, their streams bedrock:InvokeModelWithResponseStream. For a
call of an application inference profile, IAM first checks the profile, with its tags and without the key
bedrock:InferenceProfileArn. It then checks the foundation model in its own Region and in every Region where the call
may land, with the profile's ARN in that key (Bedrock User Guide, "Prerequisites for inference profiles").
aws:RequestedRegion is the Region of the checked resource, or `unspecified` if its ARN has none ("Global cross-Region
inference"). A guardrail is the value of the key bedrock:GuardrailIdentifier on models and system-defined profiles, and
needs bedrock:ApplyGuardrail on itself. A service tier that the request names is in bedrock:ServiceTier of every check of
these actions, because the reference lists the key for the actions and for no resource in particular.

AWS does not document whether the system-defined profile behind an application profile is checked, and with which key.
The reading decides that (`unasked`, `without-key`, `with-key`, `every`). A missing profile is checked first, and not
found afterwards.

Every Region is supported, and the Region of a request is that of its credential scope. An application profile of
another Region is not a valid identifier there. A call with a bearer token needs bedrock:CallWithBearerToken first. A
call of bedrock-mantle's Chat Completions needs bedrock-mantle:CreateInference on the default project (Service
Authorization Reference). The form of its errors is not documented, and OpenAI's form is assumed.

Only MiniStack's evaluator decides: it evaluates identity-based policies, the permissions boundary and session policies.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from converse_answers import converse_answer
from embedding_answers import embedding_answer
from inference_profiles import find_application_profile, find_model, find_system_profile, model_arn, tag_keys
from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.core.router import extract_access_key_id
from ministack.services import sts

APPLICATION_PROFILE = re.compile(r"arn:[^:]+:bedrock:([^:]+):[^:]+:application-inference-profile/.+")
CALL = re.compile(r"/model/(.+)/(converse|converse-stream|invoke|invoke-with-response-stream)")
CHAT_COMPLETIONS = "/v1/chat/completions"
READINGS = {"unasked": [], "without-key": [False], "with-key": [True], "every": [False, True]}
GUARDRAIL = "bedrock:GuardrailIdentifier"
PROFILE = "bedrock:InferenceProfileArn"


@dataclass(frozen=True)
class Check:
    """One check by IAM."""

    action: str
    resource: str
    keys: dict[str, str]

    @property
    def region(self) -> str:
        return get_region() if self.resource == "*" else self.resource.split(":")[3] or "unspecified"


class CallError(Exception):
    """An error of Bedrock in place of the model's answer."""

    def __init__(self, status: int, name: str, message: str):
        super().__init__(message)
        self.status, self.name = status, name

    @property
    def response(self) -> tuple:
        headers = {"Content-Type": "application/json", "x-amzn-errortype": self.name}
        return self.status, headers, json.dumps({"message": str(self)}).encode()

    @property
    def openai_response(self) -> tuple:
        error = {"message": str(self), "type": "permission_denied_error", "param": None, "code": "access_denied"}
        return self.status, {"Content-Type": "application/json"}, json.dumps({"error": error}).encode()


def guardrail_of(operation: str, headers: dict, body: bytes) -> tuple[str, str] | None:
    """Returns the ARN and the version of the guardrail that a call names."""
    if operation.startswith("converse"):
        named = json.loads(body or b"{}").get("guardrailConfig") or {}
        identifier, version = named.get("guardrailIdentifier"), named.get("guardrailVersion")
    else:
        identifier = headers.get("x-amzn-bedrock-guardrailidentifier")
        version = headers.get("x-amzn-bedrock-guardrailversion")
    if not identifier:
        return None
    prefix = f"arn:aws:bedrock:{get_region()}:{get_account_id()}:guardrail/"
    return (identifier if identifier.startswith("arn:") else f"{prefix}{identifier}"), version or "DRAFT"


def tier_of(operation: str, headers: dict, body: bytes) -> dict[str, str]:
    """Returns the key of the service tier that a call names, or no key."""
    if operation.startswith("converse"):
        tier = (json.loads(body or b"{}").get("serviceTier") or {}).get("type")
    else:
        tier = headers.get("x-amzn-bedrock-service-tier")
    return {} if tier is None else {"bedrock:ServiceTier": tier}


def ask(access_key: str, check: Check) -> None:
    """Raises Bedrock's error if IAM denies a check."""
    denied = iam_evaluator.enforce(
        access_key, check.action, "bedrock-runtime", check.region,
        resource_arn=check.resource, service_context=check.keys,
    )
    if isinstance(denied, iam_evaluator.AuthError):
        raise CallError(403, denied.code, denied.message)
    if denied is not None:
        raise CallError(403, "AccessDeniedException", denial(access_key, check))


def denial(access_key: str, check: Check) -> str:
    """Returns the message of a denial in AWS's words. Evaluates one layer of policies after the other to name it."""
    principal = iam_evaluator.resolve_principal(access_key, get_account_id())
    context = iam_evaluator.EvalContext(
        principal_arn=principal.arn, principal_type=principal.type, principal_account=principal.account,
        action=check.action, resource_arn=check.resource, region=check.region,
        service_context={key.lower(): value for key, value in check.keys.items()}, principal_keys=principal.keys,
    )
    session = (sts._sessions.get(access_key) or {}).get("SessionPolicies") is not None
    limits = ["permissions boundary"] * (len(principal.limits) - session) + ["session policy"] * session
    layers = [("identity-based policy", principal.policies), *zip(limits, principal.limits)]
    decisions = [(name, iam_evaluator.evaluate(context, layer).decision) for name, layer in layers]
    explicit = [name for name, decision in decisions if decision == "Deny"]
    silent = [name for name, decision in decisions if decision != "Allow"]
    article = "an" if explicit[:1] == ["identity-based policy"] else "a"
    because = (
        f"with an explicit deny in {article} {explicit[0]}" if explicit
        else f"because no {silent[0]} allows the {check.action} action"
    )
    return f"User: {principal.arn} is not authorized to perform: {check.action} on resource: {check.resource} {because}"


def add(models: dict, reading: Callable[[], str]) -> None:
    answer = app.SERVICE_HANDLERS["bedrock-runtime"]
    extract_action = iam_actions.extract_iam_action

    def checks(target: str, action: str, guarded: dict[str, str]) -> Iterator[Check | str]:
        """Yields the checks of a call of `target` in order, and returns the id of the model that answers it."""

        def on_models(model: str, regions: list[str], keys: dict[str, str]) -> Iterator[Check]:
            return (Check(action, model_arn(region, model), {**guarded, **keys}) for region in regions)

        invalid = CallError(400, "ValidationException", "The provided model identifier is invalid.")
        application_profile = APPLICATION_PROFILE.fullmatch(target)
        if application_profile is not None:
            if application_profile[1] != get_region():
                raise invalid
            yield Check(action, target, tag_keys(target))
            profile = find_application_profile(target)
            if profile is None:
                raise CallError(404, "ResourceNotFoundException", f"The inference profile {target} was not found.")
            system = find_system_profile(models, profile["CopyFrom"])
            model = find_model(models, profile["CopyFrom"]) if system is None else system.model
            if system is not None:
                for with_key in READINGS[reading()]:
                    yield Check(action, system.arn, {**guarded, **({PROFILE: target} if with_key else {})})
            yield from on_models(model, [get_region()] if system is None else system.regions, {PROFILE: target})
            yield model
            return
        system = find_system_profile(models, target)
        if system is not None:
            yield Check(action, system.arn, guarded)
            yield from on_models(system.model, system.regions, {PROFILE: system.arn})
            yield system.model
            return
        model = find_model(models, target)
        if model is None:
            raise invalid
        yield from on_models(model, [get_region()], {})
        if get_region() not in models[model]["onDemand"]:
            raise CallError(
                400, "ValidationException",
                f"Invocation of model ID {model} with on-demand throughput isn’t supported. Retry your request with "
                "the ID or ARN of an inference profile that contains this model.",
            )
        yield model

    def authorised(target: str, operation: str, headers: dict, body: bytes, access_key: str) -> str:
        """Returns the id of the answering model if IAM allows the whole call."""
        if access_key == "":
            raise CallError(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
        if headers.get("authorization", "").startswith("Bearer "):
            ask(access_key, Check("bedrock:CallWithBearerToken", "*", {"bedrock:BearerTokenType": "SHORT_TERM"}))
        stream = operation in ("converse-stream", "invoke-with-response-stream")
        action = "bedrock:InvokeModelWithResponseStream" if stream else "bedrock:InvokeModel"
        guardrail = guardrail_of(operation, headers, body)
        guarded = {}
        if guardrail is not None:
            arn, version = guardrail
            guarded = {GUARDRAIL: arn if version == "DRAFT" else f"{arn}:{version}"}
        tier = tier_of(operation, headers, body)
        model = ""
        for step in checks(target, action, guarded):
            if isinstance(step, Check):
                ask(access_key, replace(step, keys={**step.keys, **tier}))
            else:
                model = step
        if guardrail is not None:
            ask(access_key, Check("bedrock:ApplyGuardrail", guardrail[0], {}))
        return model

    async def complete_chat(method, path, headers, body, query):
        model = str(json.loads(body).get("model"))
        project = f"arn:aws:bedrock-mantle:{get_region()}:{get_account_id()}:project/default"
        try:
            check = Check("bedrock-mantle:CreateInference", project, {"bedrock-mantle:Model": model})
            ask(extract_access_key_id(headers, query) or "", check)
        except CallError as error:
            return error.openai_response
        return await answer(method, path, headers, body, query)

    async def call(method, path, headers, body, query):
        if (method, path) == ("POST", CHAT_COMPLETIONS):
            return await complete_chat(method, path, headers, body, query)
        called = CALL.fullmatch(path)
        if method != "POST" or called is None:
            return CallError(404, "UnknownOperationException", f"{method} {path} is not served here").response
        target, operation = called.groups()
        try:
            model = authorised(target, operation, headers, body, extract_access_key_id(headers, query) or "")
        except CallError as error:
            return error.response
        length = models[model].get("vectorLength")
        if length is not None and operation == "invoke":
            return embedding_answer(model, length, body)
        answered = await answer(method, f"/model/{model}/{operation}", headers, body, query)
        return converse_answer(model, body, answered) if operation == "converse" else answered

    def action_of(service, *request):
        # None makes MiniStack verify only the signature: the checks above replace its own.
        return None if service == "bedrock-runtime" else extract_action(service, *request)

    app.SERVICE_HANDLERS["bedrock-runtime"] = call
    iam_actions.extract_iam_action = action_of
