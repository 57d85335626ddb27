"""Settings are read once, from the command line, the environment, files and the keyring, into one frozen value.

Where a setting is found; the first that has it counts:

1. the command line (``--rate 30``);
2. for a chosen account: its section of ``accounts.toml``;
3. the environment (``BULKLOAD_RATE=30``);
4. the file ``.env`` in the current folder;
5. ``profile.toml`` in the configuration folder, which ``accounts.toml`` replaces.

Host and credentials always come from one source, so that no file can send a secret to another server.
``fields`` lists every setting once. Refused: variables with names that are not known, and interpolation in
``.env``, because a secret may contain ``$``.
"""

from bulkload.settings.accounts_file import AccountSection, AccountsFile
from bulkload.settings.fields import (
    IDENTITY,
    PREFIX,
    SANDBOX,
    SECRETS,
    Credentials,
    SectionFields,
    Settings,
    SettingsFields,
)
from bulkload.settings.load import (
    accounts_file,
    api_version,
    check_setting,
    chosen_account,
    has_own_settings,
    load,
    load_section,
    secret_place,
    state_dir,
)
from bulkload.settings.secret_store import SecretPlace
from bulkload.settings.sources import Source, SourceKind, config_dir, profile_path, read_toml

__all__ = [
    "IDENTITY",
    "PREFIX",
    "SANDBOX",
    "SECRETS",
    "AccountSection",
    "AccountsFile",
    "Credentials",
    "SecretPlace",
    "SectionFields",
    "Settings",
    "SettingsFields",
    "Source",
    "SourceKind",
    "accounts_file",
    "api_version",
    "check_setting",
    "chosen_account",
    "config_dir",
    "has_own_settings",
    "load",
    "load_section",
    "profile_path",
    "read_toml",
    "secret_place",
    "state_dir",
]
