"""What DescribeVpcEndpoints returns of an interface endpoint beside what MiniStack returns: its policy, its security
groups and its private DNS. CloudFormation's handler stores them. The policy has no effect in MiniStack.
"""

import json
from xml.sax.saxutils import escape

from ministack.services import ec2

fields_of_ministack = ec2._vpce_fields_xml


def fields(endpoint: dict, tag: str = "item") -> str:
    policy = endpoint.get("PolicyDocument")
    text = policy if isinstance(policy, str) else json.dumps(policy)
    names = {group["GroupId"]: group["GroupName"] for group in ec2._security_groups.values()}
    groups = "".join(
        f"<item><groupId>{group}</groupId><groupName>{escape(names.get(group, ''))}</groupName></item>"
        for group in endpoint.get("SecurityGroupIds", [])
    )
    private = "true" if endpoint.get("PrivateDnsEnabled") else "false"
    more = (
        f"<policyDocument>{escape(text)}</policyDocument>"
        f"<groupSet>{groups}</groupSet>"
        f"<privateDnsEnabled>{private}</privateDnsEnabled>"
    )
    return fields_of_ministack(endpoint, tag).removesuffix(f"</{tag}>") + f"{more}</{tag}>"


def add() -> None:
    ec2._vpce_fields_xml = fields
