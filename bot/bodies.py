"""The bodies of requests, read no further than a bound."""

from starlette.requests import Request


async def body_within(request: Request, most: int) -> bytes | None:
    """The body; None as soon as it is longer than so many bytes."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > most:
            return None
    return bytes(read)
