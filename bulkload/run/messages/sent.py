"""What is said of a row while it is sent."""

from __future__ import annotations

from bulkload.run.messages.wording import RowMessage, sentence, spelled


def refused(message: str) -> RowMessage:
    """The service said no."""
    return RowMessage(f"Kore.ai refused it: {message}")


def unsent(reason: str) -> RowMessage:
    """It never left, or was turned away at the door; the run goes on trying."""
    return RowMessage(f"Not done: {sentence(reason)}")


def no_answer(reason: str) -> RowMessage:
    """It was sent, and what became of it is not known."""
    return RowMessage(f"It was sent, but no answer tells what became of it: {sentence(reason)}")


def trying_again(reason: str, seconds: float) -> str:
    """Nothing leaves for a while; said while the run goes on."""
    said = sentence(reason)
    return f"{said[:1].upper()}{said[1:]} Trying again in {spelled(seconds)}."


def limited(seconds: float) -> str:
    """The account's rate limit is reached; said while the run goes on."""
    return (
        "Kore.ai says that the account's rate limit is reached: something else uses it too. "
        f"Waiting {spelled(seconds)}."
    )


def looking_again(reason: str, seconds: float) -> str:
    """The account could not be listed; said while the run goes on."""
    return f"{sentence(reason)} Looking again in {spelled(seconds)}."


def interrupted_while_sending() -> RowMessage:
    """The program ended between the intent and the answer."""
    return RowMessage("bulkload was ended while this row was on its way, so its answer is not known.")
