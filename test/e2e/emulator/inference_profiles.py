"""Application inference profiles that behave like those of the Bedrock API.

MiniStack finds its own profiles only by id, gives them ids of another form, allows equal names and ignores `type` in a
list. It is an assumption that names are unique within an account and Region: AWS documents a ConflictException, but not
when it occurs. This is the stricter reading: a replacement that keeps its name fails here.
"""

import json
import random
import string
from dataclasses import dataclass

from ministack.core.responses import get_account_id, get_region
from ministack.services import bedrock


@dataclass(frozen=True)
class SystemProfile:
    """Returns a system-defined profile."""

    arn: str
    model: str
    # Regions where a call may land. The empty Region stands for the ARN without a Region of `global`.
    regions: list[str]


def model_arn(region: str, model: str) -> str:
    return f"arn:aws:bedrock:{region}::foundation-model/{model}"


def find_model(models: dict, id_or_arn: str) -> str | None:
    """Returns the id of a known model for its id or its ARN in the Region of the request."""
    model = id_or_arn.removeprefix(model_arn(get_region(), ""))
    return model if model in models else None


def find_system_profile(models: dict, id_or_arn: str) -> SystemProfile | None:
    prefix = f"arn:aws:bedrock:{get_region()}:{get_account_id()}:inference-profile/"
    routing, _, model = id_or_arn.removeprefix(prefix).partition(".")
    regions = models.get(model, {}).get("profiles", {}).get(routing, {}).get(get_region())
    if regions is None:
        return None
    if routing == "global":
        # "Global cross-Region inference": the ARNs with the source Region and without a Region are checked, wherever
        # the call lands. AWS does not document the order of the checks.
        regions = ["", get_region()]
    return SystemProfile(f"{prefix}{routing}.{model}", model, regions)


def find_application_profile(id_or_arn: str) -> dict | None:
    return next(
        (p for p in bedrock._inference_profiles_apps.values()
         if id_or_arn in (p["InferenceProfileArn"], p["InferenceProfileId"])),
        None,
    )


def tag_keys(arn: str) -> dict[str, str]:
    """Returns the tags of a profile as condition keys."""
    return {f"aws:ResourceTag/{key}": value for key, value in bedrock._tags.get(arn, {}).items()}


def add(models: dict) -> None:
    create, get, delete, list_profiles = (
        bedrock._create_inference_profile,
        bedrock._get_inference_profile,
        bedrock._delete_inference_profile,
        bedrock._list_inference_profiles,
    )

    def created(body):
        wanted = json.loads(body or b"{}")
        name = wanted.get("inferenceProfileName")
        source = (wanted.get("modelSource") or {}).get("copyFrom") or ""
        system, model = find_system_profile(models, source), find_model(models, source)
        if not source.startswith("arn:") or (system is None and model is None):
            return bedrock._validation(f"The provided model source is invalid: {source}")
        if any(p["InferenceProfileName"] == name for p in bedrock._inference_profiles_apps.values()):
            return bedrock._conflict(f"An inference profile with the name {name} already exists.")
        status, headers, answer = create(body)
        if status >= 400:
            return status, headers, answer
        arn = json.loads(answer)["inferenceProfileArn"]
        profile = bedrock._inference_profiles_apps.pop(arn.rsplit("/", 1)[1])
        profile["InferenceProfileId"] = "".join(random.choices(string.ascii_lowercase + string.digits, k=12))
        profile["InferenceProfileArn"] = f"{arn.rsplit('/', 1)[0]}/{profile['InferenceProfileId']}"
        regions = [get_region()] if system is None else system.regions
        profile["Models"] = [{"ModelArn": model_arn(r, model or system.model)} for r in regions]
        # The API does not return this. The checks of a call of the profile use it.
        profile["CopyFrom"] = source
        bedrock._inference_profiles_apps[profile["InferenceProfileId"]] = profile
        if arn in bedrock._tags:
            bedrock._tags[profile["InferenceProfileArn"]] = bedrock._tags.pop(arn)
        return bedrock._json({"InferenceProfileArn": profile["InferenceProfileArn"], "Status": "ACTIVE"}, status=201)

    def found(identifier):
        profile = find_application_profile(identifier)
        if profile is None:
            return get(identifier)
        return bedrock._json({k: v for k, v in profile.items() if k != "CopyFrom" and v != ""})

    def deleted(identifier):
        profile = find_application_profile(identifier)
        if profile is None:
            return delete(identifier)
        bedrock._tags.pop(profile["InferenceProfileArn"], None)
        return delete(profile["InferenceProfileId"])

    def listed(query):
        # The API's parameter `typeEquals` is called `type` in the request.
        return list_profiles({**query, "typeEquals": query.get("type")})

    bedrock._create_inference_profile = created
    bedrock._get_inference_profile = found
    bedrock._delete_inference_profile = deleted
    bedrock._list_inference_profiles = listed
