import os

from mistralai import Mistral

client = Mistral(api_key=os.environ["MISTRAL_API_KEY"])

WRITER = "mistral-large-2411"
CODER = "codestral-latest"
READER = "mistral-ocr-2503"


def answer(question: str) -> str:
    reply = client.chat.complete(
        model=WRITER,
        messages=[{"role": "user", "content": question}],
    )
    return reply.choices[0].message.content
