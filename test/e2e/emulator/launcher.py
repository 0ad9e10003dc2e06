"""Starts an emulated AWS account on the loopback interface: MiniStack, a third-party emulator, with additions.

MiniStack provides the CloudFormation engine, STS and its sessions, signatures, the IAM evaluator, IAM, SSM, Lambda, S3,
CloudWatch Logs and the answers of models. These files add the missing parts:

- inference_profiles.py, profile_resource.py: profiles with unique names and with ids like Bedrock's, which can be found
  by ARN; the CloudFormation type AWS::Bedrock::ApplicationInferenceProfile.
- budget_resource.py: the CloudFormation type AWS::Budgets::Budget.
- kept_resources.py: types of missing services, stored as written: budget actions, cost anomalies, queries.
- alarm_math.py: alarms on expressions. metric_data.py: times of metrics.
- bedrock_authorisation.py: the IAM checks of a call of a model. They are modeled on AWS's documentation, so a test
  against this account shows what follows from the documentation, not how Bedrock behaves.
- policy_variables.py: policy variables about the caller.
- iam_resources.py, iam_requests.py: missing parts of roles, managed policies and IAM requests.
- custom_resources.py: CloudFormation's behavior after a failed creation or a wrong answer of a custom resource.
- bearer_tokens.py: Amazon Bedrock API keys instead of signatures.
- pod_associations.py: the CloudFormation type AWS::EKS::PodIdentityAssociation.
- endpoint_fields.py: the policy, security groups and private DNS of VPC endpoints.
- converse_answers.py, embedding_answers.py: answers of models other than text.

The routings of models are read from the catalog of this project, because MiniStack does not know them.

No test here can show whether the execution role of CloudFormation suffices, because MiniStack does not check the calls
of a stack with IAM. Service control policies, endpoint policies, quotas and the time that IAM takes to spread a change
are not emulated either.

Usage: python launcher.py FOLDER. The folder holds settings.json (account, region), models.json and `reading`, which may
change while the account runs. The launcher prints one line of JSON when it is ready. It ends when its standard input
ends, so that it cannot outlive the test that started it, and then deletes the folder.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import threading
from pathlib import Path

from certificate import write_certificate


def environment(folder: Path, port: int, account: str, region: str) -> dict[str, str]:
    """Returns the environment variables that MiniStack reads on import."""
    return {
        "AUTH": "true",
        "USE_SSL": "1",  # the bucket of `cdk bootstrap` denies plain HTTP
        "MINISTACK_SSL_CERT": str(folder / "certificate.pem"),
        "MINISTACK_SSL_KEY": str(folder / "key.pem"),
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_ACCOUNT_ID": account,
        "MINISTACK_REGION": region,
        "LOG_LEVEL": "WARNING",
        "TMPDIR": str(folder),
        # Disables two listeners on all interfaces, and access to containers of the developer.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{folder}/none",
    }


def end_with_parent(folder: Path) -> None:
    """Ends this process and its functions when standard input ends, which happens when the parent ends in any way."""
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGTERM)  # only this process ignores the signal, so that it can clean up
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main(folder: Path) -> None:
    os.setsid()  # a process group of its own, so that exactly the processes of MiniStack end with it
    signal.signal(signal.SIGTERM, lambda *_: None)
    settings = json.loads((folder / "settings.json").read_text())
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    write_certificate(folder)
    os.environ.update(environment(folder, port, settings["account"], settings["region"]))

    # The import comes only now, because MiniStack reads its environment variables on import.
    import alarm_math
    import bearer_tokens
    import bedrock_authorisation
    import budget_resource
    import custom_resources
    import endpoint_fields
    import iam_requests
    import iam_resources
    import inference_profiles
    import kept_resources
    import metric_data
    import pod_associations
    import policy_variables
    import profile_resource
    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    from ministack import app
    from ministack.services.cloudformation import provisioners

    models = json.loads((folder / "models.json").read_text())
    own = sorted(provisioners._RESOURCE_HANDLERS)
    inference_profiles.add(models)
    profile_resource.add()
    budget_resource.add()
    kept_resources.add()
    pod_associations.add()
    alarm_math.add()
    metric_data.add()
    custom_resources.add()
    endpoint_fields.add()
    iam_resources.add()
    iam_requests.add()
    policy_variables.add()
    bedrock_authorisation.add(models, lambda: (folder / "reading").read_text().strip())
    bearer_tokens.add()

    # MiniStack's own `main` would also listen on port 443 if it may.
    config = Config()
    config.bind = [f"fd://{listening.detach()}"]
    config.certfile = os.environ["MINISTACK_SSL_CERT"]
    config.keyfile = os.environ["MINISTACK_SSL_KEY"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    threading.Thread(target=end_with_parent, args=[folder], daemon=True).start()
    added = sorted(provisioners._RESOURCE_HANDLERS.keys() - set(own))
    ready = {"url": f"https://127.0.0.1:{port}", "certificate": config.certfile, "types": {"own": own, "added": added}}
    print(json.dumps(ready), flush=True)
    # This trigger never fires. Without a trigger, Hypercorn would handle SIGTERM itself.
    asyncio.run(serve(app.app, config, shutdown_trigger=asyncio.Event().wait))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
