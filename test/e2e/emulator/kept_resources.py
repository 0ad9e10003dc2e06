"""CloudFormation types of services that MiniStack lacks. A stack only stores the properties in its template.

So a stack with such resources can be deployed, changed and deleted, but their effect in AWS is not emulated. A change
of a create-only property replaces the resource (schemas of 2026-10-20), and a name that is already used is refused, as
by their services. The actions of budgets are also listed, but never executed.
"""

import json
import uuid

from ministack.services import budgets
from ministack.services.cloudformation import provisioners

# For each type: the property with its name, its create-only properties, and the values of Ref and its attributes.
TYPES = {
    "AWS::Budgets::BudgetsAction": (
        None,
        ("ActionType", "BudgetName", "ResourceTags"),
        lambda props, given: (f"{given}|{props['BudgetName']}", {"ActionId": given}),
    ),
    "AWS::CE::AnomalyMonitor": (
        "MonitorName",
        ("MonitorType", "MonitorDimension", "MonitorSpecification", "ResourceTags"),
        lambda props, given: (arn("anomalymonitor", given), {"MonitorArn": arn("anomalymonitor", given)}),
    ),
    "AWS::CE::AnomalySubscription": (
        "SubscriptionName",
        ("ResourceTags",),
        lambda props, given: (arn("anomalysubscription", given), {"SubscriptionArn": arn("anomalysubscription", given)}),
    ),
    "AWS::Logs::QueryDefinition": (
        "Name",
        (),
        lambda props, given: (given, {"QueryDefinitionId": given}),
    ),
}


def arn(kind: str, given: str) -> str:
    return f"arn:aws:ce::{provisioners.get_account_id()}:{kind}/{given}"


ACTIONS: dict[str, dict] = {}


def describe_actions(_request: dict) -> tuple:
    """Answers DescribeBudgetActionsForAccount."""
    actions = [
        {
            "ActionId": physical.split("|")[0],
            "BudgetName": properties["BudgetName"],
            "NotificationType": properties["NotificationType"],
            "ActionType": properties["ActionType"],
            "Definition": properties["Definition"],
            "ExecutionRoleArn": properties["ExecutionRoleArn"],
            "Status": "STANDBY",
        }
        for physical, properties in ACTIONS.items()
    ]
    return 200, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps({"Actions": actions}).encode()


def handlers(kind: str, name: str | None, create_only: tuple[str, ...], identify) -> dict:
    kept: dict[str, dict] = ACTIONS if kind == "AWS::Budgets::BudgetsAction" else {}

    def create(logical_id: str, properties: dict, stack_name: str) -> tuple[str, dict]:
        if name is not None and any(other[name] == properties[name] for other in kept.values()):
            raise ValueError(f'Resource handler returned message: "{kind} {properties[name]} already exists"')
        physical, attributes = identify(properties, str(uuid.uuid4()))
        kept[physical] = properties
        return physical, attributes

    def update(physical: str, old: dict, new: dict, stack_name: str, logical_id: str) -> tuple[str, dict]:
        if any(old.get(key) != new.get(key) for key in create_only):
            return create(logical_id, new, stack_name)  # the engine deletes the old one after the update
        kept[physical] = new
        given = physical.split("|")[0].split("/")[-1]
        return physical, identify(new, given)[1]

    def delete(physical: str, _properties: dict) -> None:
        kept.pop(physical, None)

    return {"create": create, "update": update, "update_with_logical_id": True, "delete": delete}


def add() -> None:
    budgets._DISPATCH["DescribeBudgetActionsForAccount"] = describe_actions
    for kind, (name, create_only, identify) in TYPES.items():
        provisioners._RESOURCE_HANDLERS[kind] = handlers(kind, name, create_only, identify)
        provisioners._REPLACING_PROPERTIES[kind] = create_only
