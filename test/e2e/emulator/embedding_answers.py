"""Answers of embedding models to InvokeModel, because MiniStack returns text for every model."""

import json


def embedding_answer(model: str, length: int, body: bytes) -> tuple:
    """Returns a vector with the requested length, or with the model's default `length`."""
    request = json.loads(body)
    requested = request.get("singleEmbeddingParams", {}).get("embeddingDimension")
    vector = [0.5] * (requested or request.get("dimensions") or length)
    if model.startswith("cohere."):
        answer = {"embeddings": {"float": [vector]} if "embedding_types" in request else [vector]}
    elif model.startswith("amazon.nova"):
        answer = {"embeddings": [{"embeddingType": "TEXT", "embedding": vector}]}
    else:
        answer = {"embedding": vector, "inputTextTokenCount": 1}
    headers = {"Content-Type": "application/json", "x-amzn-bedrock-input-token-count": "1"}
    return 200, headers, json.dumps(answer).encode()
