"""What is wrong on this computer: the settings, the state folder and its disk, the journals."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from support.program.said import said_of

from bulkload.doctor import Finding, examine, machine
from bulkload.settings import state_dir

DISKS = (
    ("/", "ext4"),
    ("/mnt/share", "nfs4"),
    ("/mnt/win", "cifs"),
    ("/mnt/share/local", "xfs"),
    ("/home/dana/remote", "fuse.sshfs"),
)


def faults(findings: list[Finding]) -> dict[str, str]:
    return {one.topic: said_of(one.explanation) for one in findings if one.verdict in {"fault", "warning"}}


def test_missing_settings_are_one_fault_and_the_computer_is_still_checked() -> None:
    diagnosis = asyncio.run(examine({}))
    assert [one.topic for one in diagnosis.findings] == ["Versions", "Settings", "State folder", "Journals"]
    assert diagnosis.exit_status == 4
    assert faults(list(diagnosis.findings))["Settings"].startswith("Missing settings: BULKLOAD_HOST,")


def test_a_state_folder_that_can_not_be_made_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKLOAD_STATE_DIR", "/proc/state")
    diagnosis = asyncio.run(examine({"host": "kore.ai", "app_id": "st-1", "account_id": "a" * 24,
                                     "client_id": "cs-1", "client_secret": "x"}))  # fmt: skip
    assert faults(list(diagnosis.findings)) == {
        "Settings": "BULKLOAD_STATE_DIR is /proc/state, which can't be used as a folder (No such file or directory). "
        "Choose another folder."
    }


def test_a_state_folder_that_can_not_be_written_is_a_fault() -> None:
    assert faults(machine.state_folder(Path("/proc"))) == {
        "State folder": "Nothing can be written in /proc (No such file or directory). "
        "Give yourself rights there, or choose another folder with BULKLOAD_STATE_DIR."
    }


def test_a_state_folder_that_others_can_read_warns(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert faults(machine.state_folder(tmp_path)) == {
        "State folder": f"Other users of this computer can read {tmp_path}, which contains your workbooks. "
        f"Make it private: chmod 700 {tmp_path}"
    }
    tmp_path.chmod(0o700)
    assert faults(machine.state_folder(tmp_path)) == {}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/share/state", "nfs4"),
        ("/mnt/win/state", "cifs"),
        ("/home/dana/remote/state", "fuse.sshfs"),
        ("/home/dana/OneDrive - Acme/state", "OneDrive - Acme"),
        ("/home/dana/Dropbox/state", "Dropbox"),
        ("\\\\server\\share\\state", "network share"),
        ("/home/dana/.local/state", None),
        ("/mnt/share/local/state", None),
        ("/mnt/shared/state", None),
    ],
)
def test_a_disk_that_is_not_this_computers_own_is_recognised(path: str, kind: str | None) -> None:
    assert machine.disk_kind(Path(path), DISKS) == kind


def test_the_disks_of_this_computer_are_read() -> None:
    assert any(folder == "/" for folder, _ in machine.mounted_disks())


def test_a_network_disk_is_a_fault(tmp_path: Path) -> None:
    (found,) = machine.locality(tmp_path, (("/", "ext4"), (str(tmp_path.parent), "nfs")))
    assert (found.topic, found.exit_status) == ("State folder", 5)
    assert said_of(found.explanation) == (
        f"{tmp_path} is on a network or synced disk (nfs), where the journal of your runs can break. "
        "Choose a folder on this computer with BULKLOAD_STATE_DIR."
    )


@pytest.mark.parametrize(
    ("free", "is_enough"), [(3_000_000, False), (199_999_999, False), (200_000_000, True)]
)
def test_a_disk_that_is_nearly_full_warns(tmp_path: Path, free: int, *, is_enough: bool) -> None:
    found = faults(machine.room(tmp_path, free))
    assert found == {} if is_enough else "State folder" in found


def test_each_damaged_journal_is_a_fault_with_its_words() -> None:
    folder = state_dir({}) / "journals"
    folder.mkdir(parents=True)
    (folder / "one.sqlite3").write_bytes(b"not a database" * 100)
    found = machine.journals(state_dir({}))
    assert [(one.topic, str(one.verdict), one.exit_status) for one in found] == [
        ("Journals", "fault", 5),
        ("Journals", "good", 0),
    ]
    assert str(folder / "one.sqlite3") in said_of(found[0].explanation)
    assert said_of(found[1].explanation) == "0 journals readable"
