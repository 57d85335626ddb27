"""What becomes of the results of a conflict when they are submitted again: no campaign of somebody else changes."""

from __future__ import annotations

import pytest
from support.fakes.fake_service import Fault
from support.runs.run_world import World, payload

KINDS = {
    "an id that was there before": (
        Fault.OLD_ID,
        None,
        "Kore.ai answered with cd-0001, which existed before",
    ),
    "done twice": (
        Fault.TWICE,
        None,
        "Kore.ai lists cd-0004, and another new campaign of this name: cd-0003.",
    ),
    "refused, and done": (Fault.REFUSED_DONE, None, "lists a new campaign of this name: cd-0003"),
    "limited, and done": (Fault.LIMITED_DONE, None, "Kore.ai lists cd-0004, and another new campaign"),
    "an update answered for another": (
        Fault.OLD_ID,
        "cd-0002",
        "was for cd-0002, but Kore.ai answered for cd-0001",
    ),
}
"""What the service does, the id that the row carries, and the words for it."""


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    assert [world.service.add(name) for name in ("Somebody's", "Ours")] == ["cd-0001", "cd-0002"]
    return world


@pytest.mark.parametrize("kind", KINDS)
def test_resubmitted_conflict_writes_only_to_the_campaign_of_its_row(world, kind):
    fault, target_id, words = KINDS[kind]
    first = world.submit([payload(2, campaign_id=target_id)], fault)
    assert first.statuses() == {2: "conflict"}
    assert words in first.of(2).message
    there = {campaign_id: one.changed for campaign_id, one in world.service.campaigns_there.items()}

    mended = [payload(2, campaign_id=first.of(2).campaign_id, description="Mended by hand")]
    nobody_agrees = {} if target_id else {"options": {"api_version": "v2"}}
    again = world.submit(mended, **nobody_agrees)

    changed = {
        campaign_id
        for campaign_id, one in world.service.campaigns_there.items()
        if one.changed != there.get(campaign_id)
    }
    assert changed <= {target_id}
    assert again.statuses() == {2: "updated" if target_id else "conflict"}


def test_answered_new_campaign_with_another_name_is_not_written_to(tmp_path):
    world = World(tmp_path)
    world.service.hook = lambda when, _row: when == "leaving" and world.service.add("Theirs")
    first = world.submit([payload(2)], Fault.OLD_ID)
    assert first.of(2).message == 'Kore.ai answered with cd-0001, and lists it as "Theirs".'

    again = world.submit([payload(2, campaign_id=first.of(2).campaign_id, description="Mended by hand")])

    assert again.statuses() == {2: "conflict"}
    assert world.service.campaigns_there["cd-0001"].changed == 0
