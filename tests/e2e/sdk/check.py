"""Holds the mock against Mistral's official client: python check.py SERVER_URL KEY.

The client parses every answer with its own models, so an answer of the wrong shape ends this with an exception.
"""

import base64
import io
import struct
import sys
import wave
import zlib

from mistralai.client import Mistral, models
from mistralai.client.errors import MistralError


def picture(comment: str) -> str:
    """A white PNG of 8 × 8 pixels that says in a comment what is printed on it: the simulated reader reads that."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    text = b"Comment\0" + comment.encode()
    pixels = zlib.compress(b"".join(b"\0" + b"\xff" * 8 for _ in range(8)))
    chunks = chunk(b"IHDR", head) + chunk(b"tEXt", text) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + chunks).decode()


def recording(seconds: int) -> bytes:
    """Silence as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(b"\0\0" * 16_000 * seconds)
    return file.getvalue()


def list_models(client: Mistral) -> None:
    cards = client.models.list().data
    names = {card.name for card in cards}
    assert len(cards) > len(names), "one card per alias is expected"
    assert all(card.id and card.capabilities for card in cards)
    card = client.models.retrieve(model_id="mistral-small-latest")
    assert card.name == "mistral-small-2603" and card.capabilities.vision
    print(f"models: {len(names)} by name, {len(cards)} cards")


def chat(client: Mistral) -> None:
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

    weather = {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}
    answer = client.chat.complete(
        model=model,
        messages=[{"role": "user", "content": "What is the weather in Paris?"}],
        tools=[{"type": "function", "function": weather}],
        tool_choice="any",
    )
    (call,) = answer.choices[0].message.tool_calls
    assert answer.choices[0].finish_reason == "tool_calls"
    assert call.function.name == "get_weather" and "Paris" in call.function.arguments
    print(f"tools: {call.function.name}")


def code(client: Mistral) -> None:
    answer = client.fim.complete(
        model="codestral-latest", prompt="def add(a, b):\n    return a +", suffix="\n", max_tokens=8
    )
    assert answer.choices[0].message.content and answer.usage.completion_tokens
    chunks = 0
    with client.fim.stream(model="codestral-latest", prompt="return a +", max_tokens=8) as stream:
        chunks = sum(1 for _ in stream)
    assert chunks > 1
    print(f"fim: {answer.usage.completion_tokens} tokens, {chunks} chunks")


def text(client: Mistral) -> None:
    vectors = client.embeddings.create(model="mistral-embed", inputs=["one", "two"]).data
    assert [vector.index for vector in vectors] == [0, 1]
    print(f"embeddings: {len(vectors[0].embedding)} dimensions")

    judged = client.classifiers.moderate(model="mistral-moderation-2603", inputs=["The weather is fine today."])
    (result,) = judged.results
    assert set(result.categories) == set(result.category_scores) and not any(result.categories.values())
    print(f"moderation: {len(result.categories)} categories")


def documents(client: Mistral) -> None:
    document = {"type": "image_url", "image_url": picture("Invoice 7294")}
    read = client.ocr.process(model="mistral-ocr-latest", document=document)
    (page,) = read.pages
    assert "7294" in page.markdown and page.dimensions.width == 8
    print(f"ocr: {read.usage_info.pages_processed} page")


def audio(client: Mistral) -> None:
    file = {"file_name": "silence.wav", "content": recording(2), "content_type": "audio/wav"}
    heard = client.audio.transcriptions.complete(model="voxtral-mini-latest", file=file)
    assert isinstance(heard.text, str)
    print(f"transcription: {heard.usage.prompt_audio_seconds} s")

    voices = client.audio.voices.list()
    assert voices.items and voices.total >= len(voices.items)
    print(f"voices: {voices.items[0].name}")
    model, voice = "voxtral-mini-tts-latest", voices.items[0].id
    spoken = client.audio.speech.complete(
        model=model, input="Hi", voice_id=voice, response_format="wav", stream=False
    )
    sound = base64.b64decode(spoken.audio_data)
    assert sound[:4] == b"RIFF" and sound[8:12] == b"WAVE"
    print(f"speech: {len(sound)} bytes")


def workspace(client: Mistral) -> None:
    files = client.files.list()
    assert files.data and files.total == len(files.data)
    jobs = client.batch.jobs.list()
    assert jobs.data and jobs.data[0].status == "SUCCESS"
    pages = client.beta.agents.list_pages()
    agents = client.beta.agents.list()
    assert [agent.id for agent in pages.result.data] == [agent.id for agent in agents]
    conversations = client.beta.conversations.list()
    assert conversations and conversations[0].id
    libraries = client.beta.libraries.list()
    assert libraries.data and libraries.data[0].name
    counts = [len(found) for found in (files.data, jobs.data, agents, conversations, libraries.data)]
    print(f"workspace: {counts} files, jobs, agents, conversations, libraries")


def identity(client: Mistral, key: str) -> None:
    security = models.UsersAPIGetIdentitySecurity(bearer_user_context_auth=key)
    person = client.beta.users.get_identity(security=security)
    assert person.workspace.name and person.api_key.name
    print(f"identity: {person.workspace.name}")


def refusals(client: Mistral) -> None:
    refused = {
        401: lambda: client.models.retrieve(model_id="revoked"),
        404: lambda: client.models.retrieve(model_id="no-such-model"),
        400: lambda: client.chat.complete(model="no-such-model", messages=[{"role": "user", "content": "Hi"}]),
        422: lambda: client.fim.complete(model="codestral-latest", prompt="x", max_tokens=-1),
    }
    for status, call in refused.items():
        try:
            call()
        except MistralError as error:
            assert error.status_code == status and error.body, f"{status}: {error.status_code} {error.body}"
            print(f"refused: {error.status_code}")
        else:
            raise AssertionError(f"what should be refused with {status} passed")


def main(server_url: str, key: str) -> None:
    with Mistral(api_key=key, server_url=server_url, timeout_ms=10_000) as client:
        for check in (list_models, chat, code, text, documents, audio, workspace):
            check(client)
        identity(client, key)
        refusals(client)


if __name__ == "__main__":
    main(*sys.argv[1:])
