"""Starts an AWS account on the loopback: MiniStack, a third-party emulator, with what it lacks.

MiniStack's own are the CloudFormation engine, STS and its sessions, signatures, the IAM evaluator, IAM, SSM, Lambda,
S3, CloudWatch Logs and the answers of the models. Added here, each in the file named:

- inference_profiles.py, profile_resource.py: profiles with names that are unique and ids as Bedrock gives them, found
  by ARN; the CloudFormation type AWS::Bedrock::ApplicationInferenceProfile.
- budget_resource.py: the CloudFormation type AWS::Budgets::Budget.
- kept_resources.py: types of which it has no service, kept as they are written: budget actions, cost anomalies, queries.
- alarm_math.py: alarms on expressions.
- bedrock_authorisation.py: which IAM checks a call of a model is. AWS's own authorisation of Bedrock is modelled on its
  documentation, so a test against this account shows what follows from the documentation, not what Bedrock does.
- iam_resources.py, iam_requests.py: what MiniStack leaves out of roles, managed policies and IAM requests.
- custom_resources.py: what CloudFormation does around a custom resource whose create fails or whose answer is wrong.
- bearer_tokens.py: Amazon Bedrock API keys in place of signatures.
- converse_answers.py, embedding_answers.py: what models answer beside text.

Which Region routes where is a fact about models, read from the catalog of this project: MiniStack knows none of it.

What no test here can show: whether the execution role of CloudFormation suffices, since MiniStack asks IAM nothing for
what a stack does; service control policies, endpoint policies, quotas, and the seconds that IAM takes to hear of a
change.

Usage: python launcher.py FOLDER. The folder holds settings.json (account, region), models.json and `reading`, which may
change while the account runs. The launcher prints one line of JSON when it listens, and ends when its standard input
does, so that it cannot outlive the test that started it. It removes the folder then.
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
    """What MiniStack reads when it is imported."""
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
        # Two listeners on every interface, and containers of the developer's that are none of a test's business.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{folder}/none",
    }


def end_with_parent(folder: Path) -> None:
    """Ends this process and the functions that it runs when standard input ends: with the parent, however that ends."""
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGTERM)  # this process alone ignores it, and so can tidy up
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main(folder: Path) -> None:
    os.setsid()  # a group of its own: what MiniStack starts can be ended with it, and nothing else
    signal.signal(signal.SIGTERM, lambda *_: None)
    settings = json.loads((folder / "settings.json").read_text())
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    write_certificate(folder)
    os.environ.update(environment(folder, port, settings["account"], settings["region"]))

    # Only now: MiniStack reads its environment when it is imported.
    import alarm_math
    import bearer_tokens
    import bedrock_authorisation
    import budget_resource
    import custom_resources
    import iam_requests
    import iam_resources
    import inference_profiles
    import kept_resources
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
    alarm_math.add()
    custom_resources.add()
    iam_resources.add()
    iam_requests.add()
    bedrock_authorisation.add(models, lambda: (folder / "reading").read_text().strip())
    bearer_tokens.add()

    # MiniStack's own `main` would listen on port 443 as well where it may.
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
    # A trigger that never comes: without one, Hypercorn would take SIGTERM.
    asyncio.run(serve(app.app, config, shutdown_trigger=asyncio.Event().wait))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
