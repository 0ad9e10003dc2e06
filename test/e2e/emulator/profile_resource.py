"""The CloudFormation type AWS::Bedrock::ApplicationInferenceProfile, according to its schema of 2026-10-20.

Name, description and model source are create-only: a change replaces the profile. Tags change in place. AWS documents
that `Ref` returns an identifier, which may be an id or an ARN. Here it returns the ARN, and no template of this project
uses it.
"""

import json

from ministack.services import bedrock
from ministack.services.cloudformation import provisioners

TYPE = "AWS::Bedrock::ApplicationInferenceProfile"
CREATE_ONLY = ("Description", "InferenceProfileName", "ModelSource")


def answer(called: tuple) -> dict:
    """Returns the API's answer. Its error becomes the reason of the failed resource, in CloudFormation's words."""
    status, _, body = called
    content = json.loads(body)
    if status >= 400:
        raise ValueError(
            f'Resource handler returned message: "{content["message"]} (Service: Bedrock, Status Code: {status})" '
            f'(HandlerErrorCode: {"AlreadyExists" if status == 409 else "InvalidRequest"})'
        )
    return content


def attributes(arn: str) -> dict:
    profile = answer(bedrock._get_inference_profile(arn))
    return {
        "InferenceProfileArn": arn,
        "InferenceProfileId": profile["inferenceProfileId"],
        "InferenceProfileIdentifier": arn,
        "Status": profile["status"],
        "Type": profile["type"],
        "Models": [{"ModelArn": model["modelArn"]} for model in profile["models"]],
        "CreatedAt": profile["createdAt"],
        "UpdatedAt": profile["updatedAt"],
    }


def tags_of(properties: dict) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in properties.get("Tags") or []}


def api_tags(tags: dict[str, str]) -> list[dict]:
    return [{"key": key, "value": value} for key, value in tags.items()]


def create(_logical_id: str, properties: dict, _stack_name: str) -> tuple[str, dict]:
    unknown = set(properties) - {*CREATE_ONLY, "Tags"}
    if unknown:
        raise ValueError(f"Properties validation failed: extraneous key {sorted(unknown)} is not permitted")
    request = {
        "inferenceProfileName": properties.get("InferenceProfileName"),
        "modelSource": {"copyFrom": (properties.get("ModelSource") or {}).get("CopyFrom")},
        "tags": api_tags(tags_of(properties)),
        **({"description": properties["Description"]} if "Description" in properties else {}),
    }
    arn = answer(bedrock._create_inference_profile(json.dumps(request)))["inferenceProfileArn"]
    return arn, attributes(arn)


def update(arn: str, old: dict, new: dict, _stack_name: str) -> tuple[str, dict]:
    before, after = tags_of(old), tags_of(new)
    gone = [key for key in before if key not in after]
    answer(bedrock._untag_resource(json.dumps({"resourceARN": arn, "tagKeys": gone})))
    answer(bedrock._tag_resource(json.dumps({"resourceARN": arn, "tags": api_tags(after)})))
    return arn, attributes(arn)


def delete(arn: str, _properties: dict) -> None:
    answer(bedrock._delete_inference_profile(arn))


def add() -> None:
    provisioners._RESOURCE_HANDLERS[TYPE] = {"create": create, "update": update, "delete": delete}
    provisioners._REPLACING_PROPERTIES[TYPE] = CREATE_ONLY
    provisioners._STACK_TAG_PROPERTY[TYPE] = ("Tags", "list")
