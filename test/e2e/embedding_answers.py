"""What embedding models answer to InvokeModel: MiniStack answers text for every model."""

import json

VECTOR = [0.5, 0.5, 0.5, 0.5]


def embedding_answer(model: str, body: bytes) -> tuple:
    request = json.loads(body)
    if model.startswith("cohere."):
        answer = {"embeddings": {"float": [VECTOR]} if "embedding_types" in request else [VECTOR]}
    elif model.startswith("amazon.nova"):
        answer = {"embeddings": [{"embeddingType": "TEXT", "embedding": VECTOR}]}
    else:
        answer = {"embedding": VECTOR, "inputTextTokenCount": 1}
    headers = {"Content-Type": "application/json", "x-amzn-bedrock-input-token-count": "1"}
    return 200, headers, json.dumps(answer).encode()
