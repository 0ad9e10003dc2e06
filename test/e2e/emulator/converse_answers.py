"""Parts of Converse's answers that MiniStack lacks: tool calls, and the tokens of a cached prefix.

The model calls a tool of the request, with a word for each required property, until the request holds a result. A
prefix before a cache point is kept forever, by model and Region.
"""

import hashlib
import json

from ministack.core.responses import get_region

KEPT: set[str] = set()


def tool_call(request: dict) -> dict | None:
    tools = [t["toolSpec"] for t in (request.get("toolConfig") or {}).get("tools", []) if "toolSpec" in t]
    if not tools or any("toolResult" in block for message in request["messages"] for block in message["content"]):
        return None
    [tool, *_] = tools
    required = tool["inputSchema"]["json"].get("required", [])
    return {"toolUseId": "tooluse_1", "name": tool["name"], "input": {name: "ok" for name in required}}


def cached_tokens(model: str, request: dict) -> dict[str, int]:
    """Returns the numbers of tokens that the request reads from the cache or writes to it."""
    system = request.get("system") or []
    points = [i for i, block in enumerate(system) if "cachePoint" in block]
    if not points:
        return {}
    prefix = json.dumps([get_region(), model, system[: points[-1]]])
    digest = hashlib.sha256(prefix.encode()).hexdigest()
    tokens = len(prefix) // 4
    read = digest in KEPT
    KEPT.add(digest)
    return {"cacheReadInputTokens": tokens if read else 0, "cacheWriteInputTokens": 0 if read else tokens}


def converse_answer(model: str, body: bytes, answered: tuple) -> tuple:
    """Adds the missing parts to MiniStack's answer."""
    status, headers, content = answered
    if status != 200:
        return answered
    request, answer = json.loads(body), json.loads(content)
    call = tool_call(request)
    if call is not None:
        answer["output"]["message"]["content"] = [{"toolUse": call}]
        answer["stopReason"] = "tool_use"
    answer["usage"].update(cached_tokens(model, request))
    return status, headers, json.dumps(answer).encode()
