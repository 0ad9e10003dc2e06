"""Corrects roles and managed policies in MiniStack's CloudFormation.

MiniStack ignores the permissions boundary of a role, overwrites a role or policy with the same name, and ignores
missing roles and users to which a policy should be attached. AWS sets the boundary and refuses the other two.

MiniStack also attaches any number of policies. AWS attaches ten to a role or a user ("IAM and AWS STS quotas").
"""

from ministack.core.responses import get_account_id
from ministack.services import iam
from ministack.services.cloudformation import provisioners


def refuse_taken(taken: bool, kind: str, name: str) -> None:
    if taken:
        raise ValueError(f"{kind} with name {name} already exists. (Service: Iam, Status Code: 409)")


def require(store, kind: str, names: list[str] | None) -> None:
    for name in names or []:
        if store.get(name) is None:
            raise ValueError(f"The {kind} with name {name} cannot be found. (Service: Iam, Status Code: 404)")


def set_boundary(role: str, boundary: str | None) -> None:
    if boundary is None:
        iam._roles[role]["PermissionsBoundary"] = None
        return
    status, _, body = iam._put_role_permissions_boundary({"RoleName": role, "PermissionsBoundary": boundary})
    if status >= 400:
        raise ValueError(f"The permissions boundary of {role} was refused: {body.decode()}")


MAX_ATTACHED = 10


def refuse_eleventh(action: str, store: str, name: str) -> None:
    attach = iam._IAM_HANDLERS[action]

    def attached(params):
        principal = getattr(iam, store).get(iam._p(params, name)) or {}
        policies = principal.get("AttachedPolicies", [])
        if len(policies) >= MAX_ATTACHED and iam._p(params, "PolicyArn") not in policies:
            return iam._error(409, "LimitExceeded", f"Cannot exceed quota for PoliciesPerRole: {MAX_ATTACHED}", ns="iam")
        return attach(params)

    iam._IAM_HANDLERS[action] = attached


def add() -> None:
    refuse_eleventh("AttachRolePolicy", "_roles", "RoleName")
    refuse_eleventh("AttachUserPolicy", "_users", "UserName")
    role = provisioners._RESOURCE_HANDLERS["AWS::IAM::Role"]
    policy = provisioners._RESOURCE_HANDLERS["AWS::IAM::ManagedPolicy"]
    create_role, update_role, create_policy, update_policy = (
        role["create"], role["update"], policy["create"], policy["update"])

    def role_created(logical_id, properties, stack_name):
        name = properties.get("RoleName")
        refuse_taken(iam._roles.get(name) is not None, "Role", name)
        created = create_role(logical_id, properties, stack_name)
        try:
            set_boundary(created[0], properties.get("PermissionsBoundary"))
        except ValueError:
            role["delete"](created[0], properties)
            raise
        return created

    def role_updated(physical_id, old, new, stack_name, logical_id=None):
        updated = update_role(physical_id, old, new, stack_name, logical_id)
        set_boundary(updated[0], new.get("PermissionsBoundary"))
        return updated

    def require_carriers(properties):
        require(iam._roles, "role", properties.get("Roles"))
        require(iam._users, "user", properties.get("Users"))
        require(iam._groups, "group", properties.get("Groups"))

    def policy_created(logical_id, properties, stack_name):
        name = properties.get("ManagedPolicyName")
        arn = f"arn:aws:iam::{get_account_id()}:policy{properties.get('Path', '/')}{name}"
        refuse_taken(iam._policies.get(arn) is not None, "Policy", name)
        require_carriers(properties)
        return create_policy(logical_id, properties, stack_name)

    def policy_updated(physical_id, old, new, stack_name, logical_id=None):
        require_carriers(new)
        return update_policy(physical_id, old, new, stack_name, logical_id)

    role.update({"create": role_created, "update": role_updated, "update_with_logical_id": True})
    policy.update({"create": policy_created, "update": policy_updated, "update_with_logical_id": True})
