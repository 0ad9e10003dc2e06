"""Calls a running sandbox with boto3 and prints `ok N checks`.

Reads these environment variables: AWS_ENDPOINT_URL and the AWS keys, as boto3 does; AWS_REGION; PROFILE_ARN, an
application inference profile that the keys may call; and PARAMETER_NAME, the SSM parameter that holds its ARN.
"""

import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

PROFILE_ARN = os.environ["PROFILE_ARN"]
PARAMETER_NAME = os.environ["PARAMETER_NAME"]
MESSAGES = [{"role": "user", "content": [{"text": "hello"}]}]

if not os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://127.0.0.1:"):
    sys.exit("AWS_ENDPOINT_URL must be the address of a sandbox on 127.0.0.1")

config = Config(retries={"total_max_attempts": 1}, proxies={})
session = boto3.Session(region_name=os.environ.get("AWS_REGION", "us-east-1"))
checks = []


def client(name):
    return session.client(name, config=config)


def check(fact, holds):
    if not holds:
        sys.exit(f"failed: {fact}")
    checks.append(fact)


identity = client("sts").get_caller_identity()
check("the caller is named", identity["Arn"].startswith("arn:aws:") and identity["Account"].isdigit())

parameter = client("ssm").get_parameter(Name=PARAMETER_NAME, WithDecryption=True)["Parameter"]
check("the alias parameter holds the profile", parameter["Value"] == PROFILE_ARN)

profile = client("bedrock").get_inference_profile(inferenceProfileIdentifier=PROFILE_ARN)
check("the profile is an active application profile", (profile["type"], profile["status"]) == ("APPLICATION", "ACTIVE"))
check("the profile names its models", all(":foundation-model/" in m["modelArn"] for m in profile["models"]))

runtime = client("bedrock-runtime")
answer = runtime.converse(modelId=PROFILE_ARN, messages=MESSAGES, inferenceConfig={"maxTokens": 16})
text = answer["output"]["message"]["content"][0]["text"]
usage = answer["usage"]
check("the answer is marked as scripted", text.startswith("[bedrock-access sandbox] scripted answer"))
check("the tokens add up", usage["totalTokens"] == usage["inputTokens"] + usage["outputTokens"])
check("the answer keeps to maxTokens", usage["outputTokens"] <= 16)

events = list(runtime.converse_stream(modelId=PROFILE_ARN, messages=MESSAGES)["stream"])
names = [next(iter(event)) for event in events]
deltas = names[1:-3]
check("the stream begins with messageStart", names[0] == "messageStart")
check("the stream has several deltas", len(deltas) > 1 and set(deltas) == {"contentBlockDelta"})
check("the stream ends in order", names[-3:] == ["contentBlockStop", "messageStop", "metadata"])
check("the stream counts its tokens", events[-1]["metadata"]["usage"]["totalTokens"] > 0)

# The foundation model behind the profile. The grant allows it only through the profile.
model_id = profile["models"][-1]["modelArn"].split("foundation-model/")[1]
try:
    runtime.converse(modelId=model_id, messages=MESSAGES)
    check("a direct call of the model is denied", False)
except ClientError as error:
    check("a direct call of the model is denied", error.response["Error"]["Code"] == "AccessDeniedException")
    check("the denial names the action", "bedrock:InvokeModel" in error.response["Error"]["Message"])

print(f"ok {len(checks)} checks")
