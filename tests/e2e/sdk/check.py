"""Holds the mock against Mistral's official client: python check.py SERVER_URL KEY.

The client parses every answer with its own models, so an answer of the wrong shape ends this with an exception.
"""

import sys

from mistralai.client import Mistral
from mistralai.client.errors import SDKError


def main(server_url: str, key: str) -> None:
    with Mistral(api_key=key, server_url=server_url, timeout_ms=10_000) as client:
        cards = client.models.list().data
        names = {card.name for card in cards}
        assert len(cards) > len(names), "one card per alias is expected"
        assert all(card.id and card.capabilities for card in cards)
        print(f"models: {len(names)} by name, {len(cards)} cards")

        model = "mistral-small-latest"
        messages = [{"role": "user", "content": "Say pong."}]
        answer = client.chat.complete(model=model, messages=messages, max_tokens=32)
        choice = answer.choices[0]
        assert choice.message.content and choice.finish_reason in ("stop", "length")
        assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
        print(f"chat: {answer.usage.completion_tokens} tokens from {answer.model}")

        text, chunks, usage, finish = "", 0, None, None
        with client.chat.stream(model=model, messages=messages, max_tokens=32) as stream:
            for event in stream:
                chunks += 1
                delta = event.data.choices[0].delta.content
                text += delta if isinstance(delta, str) else ""
                usage = event.data.usage or usage
                finish = event.data.choices[0].finish_reason or finish
        assert text and chunks > 1 and usage and finish in ("stop", "length")
        print(f"stream: {chunks} chunks, {usage.completion_tokens} tokens")

        vectors = client.embeddings.create(model="mistral-embed", inputs=["one", "two"]).data
        assert [vector.index for vector in vectors] == [0, 1]
        print(f"embeddings: {len(vectors[0].embedding)} dimensions")

        try:
            client.models.retrieve(model_id="revoked")
        except SDKError as error:
            assert error.status_code == 401 and "Invalid API Key" in error.body
            print(f"refused: {error.status_code}")
        else:
            raise AssertionError("a refused key passed")


if __name__ == "__main__":
    main(*sys.argv[1:])
