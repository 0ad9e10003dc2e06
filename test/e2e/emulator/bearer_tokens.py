"""Amazon Bedrock API keys: bearer tokens instead of signatures, which MiniStack does not support.

A short-term key is the presigned request `POST https://bedrock.amazonaws.com/?Action=CallWithBearerToken` in base64,
followed by a version (AWS's `aws-bedrock-token-generator`). MiniStack verifies presigned requests, and so this one too.
"""

import base64
import binascii
import re
from urllib.parse import parse_qs

from ministack import app
from ministack.core import iam_evaluator
from ministack.core.responses import set_request_region
from ministack.core.sigv4 import presigned_request_is_expired

HOST = "bedrock.amazonaws.com"
KEY = re.compile(r"Bearer bedrock-api-key-(\S+)")


def presigned(authorization: str) -> dict[str, list[str]] | None:
    """Returns the presigned query in a header, or None if the header holds no key that can be valid now."""
    key = KEY.fullmatch(authorization)
    try:
        host, _, query = base64.b64decode(key[1] if key else "", validate=True).decode().partition("/?")
        parameters = parse_qs(query, keep_blank_values=True)
        right = (host, parameters.pop("Version"), parameters["Action"]) == (HOST, ["1"], ["CallWithBearerToken"])
        expired = presigned_request_is_expired(parameters["X-Amz-Date"][0], parameters["X-Amz-Expires"][0])
        return parameters if right and not expired else None
    except (binascii.Error, KeyError, ValueError):
        return None


def add() -> None:
    dispatch = app._dispatch_service_request

    async def dispatched(method, path, headers, body, query, request_id):
        authorization = headers.get("authorization", "")
        if not authorization.startswith("Bearer ") or not path.startswith("/model/"):
            return await dispatch(method, path, headers, body, query, request_id)
        parameters = presigned(authorization)
        if parameters is None:
            content = b'{"message": "Authentication failed: Please make sure your API Key is valid."}'
            return 403, {"Content-Type": "application/json", "x-amzn-errortype": "AccessDeniedException"}, content
        # The next check by IAM verifies the signature of this request.
        iam_evaluator.pin_signed_request("POST", "/", parameters, [(b"host", HOST.encode())])
        set_request_region(parameters["X-Amz-Credential"][0].split("/")[2])
        return await app.SERVICE_HANDLERS["bedrock-runtime"](method, path, headers, body, parameters)

    app._dispatch_service_request = dispatched
