"""Files that the bot uploads: announced, sent, and then shared in a channel or a thread."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.playground.arguments import ApiError

Json = dict[str, Any]
TYPES = {"csv": "text/csv", "txt": "text/plain", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class File:
    """One file; `content` is None until it was sent, `title` blank until it was shared."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    title: str = ""

    @property
    def filetype(self) -> str:
        """The end of its name."""
        return self.name.rpartition(".")[2].lower()

    @property
    def mimetype(self) -> str:
        """What kind of file that says it is."""
        return TYPES.get(self.filetype, "application/octet-stream")

    def as_json(self, user: str) -> Json:
        """The file as a message names it."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": self.filetype,
            "size": self.length,
            "user": user,
            "url_private": f"/files/{self.id}/{self.name}",
        }


class Files:
    """All files of the local Slack; `address` is the base of its URLs, known once it is served."""

    def __init__(self) -> None:
        self.address = ""
        self._files: dict[str, File] = {}
        self._tickets: dict[str, str] = {}

    def announce(self, name: str, length: int) -> Json:
        """A file to come, and the address that takes its bytes, once."""
        ticket = uuid.uuid4().hex
        file = File(f"F{ticket[:10].upper()}", name, length)
        self._files[file.id], self._tickets[ticket] = file, file.id
        return {"upload_url": f"{self.address}/upload/{ticket}", "file_id": file.id}

    def receive(self, ticket: str, content: bytes) -> File:
        """The bytes of an announced file; as many as were announced."""
        file = self._files.get(self._tickets.get(ticket, ""))
        if file is None or len(content) != file.length:
            raise ApiError("invalid_upload")
        del self._tickets[ticket]
        self._files[file.id] = replace(file, content=content)
        return self._files[file.id]

    def complete(self, named: Mapping[str, Any]) -> File:
        """The file with the title it is shared under."""
        file = self._files.get(str(named.get("id", "")))
        if file is None or file.content is None:
            raise ApiError("file_not_found")
        self._files[file.id] = replace(file, title=str(named.get("title") or file.name))
        return self._files[file.id]

    def find(self, file_id: str) -> File | None:
        """The file, if its bytes are here."""
        file = self._files.get(file_id)
        return file if file and file.content is not None else None
