"""The CloudFormation type AWS::Budgets::Budget, according to its schema of 2026-10-20.

Notifications and the name are create-only: a change replaces the budget, and fails if the template keeps a fixed name.
All other properties change in place.
"""

import json

from ministack.services import budgets
from ministack.services.cloudformation import provisioners

TYPE = "AWS::Budgets::Budget"


def answer(called: tuple) -> None:
    status, _, body = called
    if status >= 400:
        content = json.loads(body)
        raise ValueError(f'Resource handler returned message: "{content.get("message", content)}" (Service: Budgets)')


def budget_of(properties: dict, name: str) -> dict:
    budget = {**properties["Budget"], "BudgetName": name}
    if "BudgetLimit" in budget:
        limit = budget["BudgetLimit"]
        budget["BudgetLimit"] = {**limit, "Amount": str(limit["Amount"])}  # a number in a template, text in the API
    return budget


def name_in(properties: dict) -> str | None:
    return properties["Budget"].get("BudgetName")


def create(logical_id: str, properties: dict, stack_name: str) -> tuple[str, dict]:
    name = name_in(properties) or provisioners._physical_name(stack_name, logical_id, max_len=100)
    answer(budgets._create_budget({
        "Budget": budget_of(properties, name),
        "NotificationsWithSubscribers": properties.get("NotificationsWithSubscribers"),
        "ResourceTags": properties.get("ResourceTags"),
    }))
    return name, {"Id": name}


def update(name: str, old: dict, new: dict, stack_name: str, logical_id: str) -> tuple[str, dict]:
    if name_in(old) != name_in(new):
        return create(logical_id, new, stack_name)  # the engine deletes the old one after the update
    answer(budgets._update_budget({"NewBudget": budget_of(new, name)}))
    tags = {tag["Key"]: tag.get("Value", "") for tag in new.get("ResourceTags") or []}
    budgets._tags[budgets._budget_arn(name)] = tags
    return name, {"Id": name}


def delete(name: str, _properties: dict) -> None:
    answer(budgets._delete_budget({"BudgetName": name}))


def add() -> None:
    provisioners._RESOURCE_HANDLERS[TYPE] = {
        "create": create,
        "update": update,
        "update_with_logical_id": True,
        "delete": delete,
    }
    provisioners._REPLACING_PROPERTIES[TYPE] = ("NotificationsWithSubscribers",)
