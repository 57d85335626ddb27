"""Certificates for a server on this machine: of any time, for any address, made by openssl."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

_AUTHORITY = """
[ca]
default_ca = own
[own]
new_certs_dir = {folder}
database = {folder}/index.txt
serial = {folder}/serial
policy = any
default_md = sha256
[any]
commonName = supplied
[names]
subjectAltName = {names}
"""


def certificate(folder: Path, names: str, begins: str, ends: str) -> tuple[ssl.SSLContext, Path]:
    """A server's context, and the certificate to be trusted; moments such as ``20260101000000Z``."""
    (folder / "index.txt").touch()
    (folder / "serial").write_text("01")
    (folder / "ca.conf").write_text(_AUTHORITY.format(folder=folder, names=names))
    made, key = folder / "certificate.pem", folder / "key.pem"
    _openssl(
        *("req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", folder / "asked.csr"),
        *("-subj", "/CN=localhost"),
    )
    _openssl(
        *("ca", "-batch", "-notext", "-config", folder / "ca.conf", "-selfsign", "-keyfile", key),
        *("-in", folder / "asked.csr", "-out", made, "-extensions", "names", "-startdate", begins),
        *("-enddate", ends),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context, made


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
