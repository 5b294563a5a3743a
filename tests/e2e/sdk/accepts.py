"""Holds bodies of requests against the request models of Mistral's official client: python accepts.py < LINES.

A line is JSON: {"call": "/v1/chat/completions", "name": "...", "body": {...}}. The client reads leniently: it drops fields that it
does not know, turns "5" into 5, and keeps words that its lists do not have. So a body is accepted only if what the client would send
for it says all that the body says. Ranges are not the client's business: it sends a temperature of 9.

Prints how many were accepted; what was refused goes to the standard error, and the exit code is 1.
"""

import json
import sys
import warnings

from mistralai.client import models

MODELS = {
    "/v1/chat/completions": models.ChatCompletionRequest,
    "/v1/agents/completions": models.AgentsCompletionRequest,
    "/v1/fim/completions": models.FIMCompletionRequest,
    "/v1/embeddings": models.EmbeddingRequest,
    "/v1/moderations": models.ClassificationRequest,
    "/v1/chat/moderations": models.ChatModerationRequest,
    "/v1/classifications": models.ClassificationRequest,
    "/v1/chat/classifications": models.ChatClassificationRequest,
    "/v1/ocr": models.OCRRequest,
    "/v1/audio/speech": models.SpeechRequest,
}


def lost(said, sent, place: str = "") -> list[str]:
    """What of the body `said` is not in what the client would send."""
    pairs = None
    if isinstance(said, dict) and isinstance(sent, dict):
        gone = [f"{place}/{name} is dropped" for name in said if name not in sent]
        pairs = [(name, said[name], sent[name]) for name in said if name in sent]
    elif isinstance(said, list) and isinstance(sent, list) and len(said) == len(sent):
        gone = []
        pairs = [(index, *both) for index, both in enumerate(zip(said, sent))]
    if pairs is not None:
        return gone + [line for name, one, other in pairs for line in lost(one, other, f"{place}/{name}")]
    # 16.0 and 16 are one number, but true is no 1.
    same = said == sent and isinstance(said, bool) == isinstance(sent, bool)
    return [] if same else [f"{place}: {json.dumps(said)} becomes {json.dumps(sent)}"]


def objections(call: str, body) -> list[str]:
    model = MODELS.get(call)
    if model is None:
        return [f"there is no call {call}"]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            request = model.model_validate(body)
            sent = request.model_dump(mode="json", by_alias=True)
        except Exception as error:  # The discriminators raise errors of their own.
            return [" ".join(str(error).split())]
    # A word that its lists do not have is kept, with a warning.
    odd = [" ".join(str(warning.message).split()) for warning in warned]
    return lost(body, sent) + [line for line in odd if "Unrecognized" in line or "unexpected" in line.lower()]


def main() -> int:
    accepted, refused = 0, 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        case = json.loads(line)
        found = objections(case["call"], case["body"])
        if found:
            refused += 1
            print(f"{case.get('name', number)} ({case['call']}): " + "; ".join(found), file=sys.stderr)
        else:
            accepted += 1
    print(f"accepted: {accepted}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
