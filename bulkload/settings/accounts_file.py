"""``accounts.toml``: one section for each account, private to the user.

Read with tomllib, written with tomlkit, which keeps comments and order where the file was edited by
hand; the standard library can't write TOML.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from bulkload.errors import SettingsError
from bulkload.settings.fields import SectionFields
from bulkload.settings.sources import Source, SourceKind, line_of, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tomlkit import TOMLDocument

FILE = "accounts.toml"
RESERVED = frozenset({"practice", "sandbox"})
"""Names that mean the sandbox."""
_NAME = re.compile("[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class AccountSection:
    """One account as its section describes it."""

    name: str
    values: Mapping[str, Any]
    """The keys that the section has, as TOML reads them."""
    source: Source

    @property
    def title(self) -> str | None:
        """The account's name for people."""
        return self.values.get("title") or None

    @property
    def production(self) -> bool:
        """Whether large changes ask for the account's name to be typed."""
        return self.values.get("production") is True


@dataclass(frozen=True, slots=True)
class AccountsFile:
    """All accounts that have names."""

    path: Path
    sections: Mapping[str, AccountSection]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The accounts of a configuration folder; none where the file is missing.

        Raises SettingsError for a file that others can read, an unknown key, or a section that can't be read.
        """
        path = folder / FILE
        _must_be_private(path)
        sections = {name: _section(path, name, value) for name, value in read_toml(path).items()}
        return cls(path, sections)

    def section(self, name: str) -> AccountSection:
        """The account of this name. Raises SettingsError where there is none."""
        if name in self.sections:
            return self.sections[name]
        raise SettingsError(
            "No account is named {name}; {known}.",
            "Add it: {command:accounts add {name}}",
            name=name,
            known=f"there are {', '.join(sorted(self.sections))}" if self.sections else "there are none yet",
        )

    def put(self, name: str, values: Mapping[str, Any]) -> None:
        """Write a section, new or changed; comments stay. Raises SettingsError where the file can't be written."""
        document = self._document()
        section = document.setdefault(name, {})
        for key, value in values.items():
            section[key] = value
        for key in [key for key in section if key not in values]:
            del section[key]
        self._write(document)

    def remove(self, name: str) -> None:
        """Remove a section."""
        document = self._document()
        del document[name]
        self._write(document)

    def _document(self) -> TOMLDocument:
        import tomlkit  # noqa: PLC0415  (read by the two commands that write)

        return tomlkit.parse(self.path.read_text("utf-8-sig") if self.path.exists() else "")

    def _write(self, document: TOMLDocument) -> None:
        import tomlkit  # noqa: PLC0415

        try:
            _replace(self.path.resolve(), tomlkit.dumps(document))
        except OSError as error:
            raise SettingsError(
                "{path} can't be written ({reason}).",
                "Look at the rights of that folder, or choose another with {setting:config_dir}.",
                path=self.path,
                reason=error.strerror,
            ) from None


def check_name(name: str) -> str:
    """The name, if an account may have it. Raises SettingsError otherwise."""
    if name in RESERVED:
        raise SettingsError(
            '"{name}" means the sandbox.', "Choose another name, such as acme-test.", name=name
        )
    if not _NAME.fullmatch(name):
        raise SettingsError(
            '"{name}" can\'t be the name of an account.', "Use a-z, 0-9 and -, such as acme-eu.", name=name
        )
    return name


def _must_be_private(path: Path) -> None:
    """Refuse a file that other users can read: it may contain secrets. Windows has no such rights."""
    with suppress(FileNotFoundError):
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SettingsError(
                "Other users of this computer can read {path}, which may contain secrets.",
                "Make it private: chmod 600 {path}",
                path=path,
            )


def _section(path: Path, name: str, value: Any) -> AccountSection:
    if not isinstance(value, dict):
        raise SettingsError(
            "Line {line} of {path} sets {name} outside of a section.",
            "Put the account's name in brackets above it, such as [acme].",
            path=path,
            name=name,
            line=line_of(path, name) or "?",
        )
    source = Source(SourceKind.ACCOUNT, path, line_of(path, "", name), name)
    if name in RESERVED or not _NAME.fullmatch(name):
        raise SettingsError(
            'Line {line} of {path} has a section "{name}", which can\'t be the name of an account.',
            "Use a-z, 0-9 and -; practice and sandbox mean the sandbox.",
            path=path,
            name=name,
            line=source.line or "?",
        )
    for key in value:
        if key not in SectionFields.model_fields:
            raise SettingsError(
                "Line {line} of {path} sets {key}, which is not a setting of an account.",
                "An account has: {keys}.",
                path=path,
                key=key,
                line=line_of(path, key, name) or "?",
                keys=", ".join(SectionFields.model_fields),
            )
    return AccountSection(name, value, source)


def _replace(path: Path, text: str) -> None:
    """Write a private file so that a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
