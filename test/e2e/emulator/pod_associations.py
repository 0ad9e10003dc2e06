"""The CloudFormation type AWS::EKS::PodIdentityAssociation, according to its schema of 2026-10-20.

EKS refuses a role that does not let `pods.eks.amazonaws.com` assume it and tag its session (EKS User Guide, "Create IAM
role with trust policy required by EKS Pod Identity"). MiniStack's EKS accepts any text as a role.
"""

import json

from ministack.services import eks, iam
from ministack.services.cloudformation import provisioners

TYPE = "AWS::EKS::PodIdentityAssociation"
CREATE_ONLY = ("ClusterName", "Namespace", "ServiceAccount")
NEEDED = {"sts:AssumeRole", "sts:TagSession"}


def as_list(value) -> list:
    return value if isinstance(value, list) else [value]


def require_trust(arn: str) -> None:
    role = next((role for role in iam._roles.values() if role["Arn"] == arn), None)
    document = json.loads(role["AssumeRolePolicyDocument"]) if role else {"Statement": []}
    allowed = {
        action
        for statement in document["Statement"]
        if statement["Principal"] == {"Service": "pods.eks.amazonaws.com"}
        for action in as_list(statement["Action"])
    }
    if not NEEDED <= allowed:
        raise ValueError("Trust policy of the role provided is invalid (Service: Eks, Status Code: 400)")


def request_of(properties: dict) -> dict:
    return {
        "namespace": properties["Namespace"],
        "serviceAccount": properties["ServiceAccount"],
        "roleArn": properties["RoleArn"],
        "tags": {tag["Key"]: tag["Value"] for tag in properties.get("Tags") or []},
    }


def answer(called: tuple) -> dict:
    status, _, body = called
    content = json.loads(body)
    if status >= 400:
        raise ValueError(f'Resource handler returned message: "{content.get("message")}" (Service: Eks)')
    return content["association"]


def result(association: dict) -> tuple[str, dict]:
    arn, given = association["associationArn"], association["associationId"]
    return arn, {"AssociationArn": arn, "AssociationId": given}


def create(logical_id: str, properties: dict, stack_name: str) -> tuple[str, dict]:
    require_trust(properties["RoleArn"])
    return result(answer(eks._create_pod_identity_association(properties["ClusterName"], request_of(properties))))


def update(physical: str, old: dict, new: dict, stack_name: str, logical_id: str) -> tuple[str, dict]:
    if any(old.get(key) != new.get(key) for key in CREATE_ONLY):
        return create(logical_id, new, stack_name)  # the engine deletes the old one after the update
    require_trust(new["RoleArn"])
    given = physical.split("/")[-1]
    return result(answer(eks._update_pod_identity_association(new["ClusterName"], given, request_of(new))))


def delete(physical: str, properties: dict) -> None:
    answer(eks._delete_pod_identity_association(properties["ClusterName"], physical.split("/")[-1]))


def add() -> None:
    provisioners._RESOURCE_HANDLERS[TYPE] = {
        "create": create,
        "update": update,
        "update_with_logical_id": True,
        "delete": delete,
    }
    provisioners._REPLACING_PROPERTIES[TYPE] = CREATE_ONLY
