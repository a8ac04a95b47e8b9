"""Stored notices as the page 要點 shows them."""

from __future__ import annotations

from db.models import Plan, WorkPoint
from desktop.desk import Desk
from desktop.pages.plans_stored import load
from tests.db import worlds


def test_a_dropped_point_moves_no_other_to_its_place(desk: Desk) -> None:
    worlds.divided(desk.database)
    with desk.database.change("去掉一條", operation="test") as change:
        plan = change.session.query(Plan).first()
        assert plan is not None
        plan.points[1].dropped = True
    with desk.database.reading() as session:
        stored = load(session, plan.id)
        shown = [point.text for point in stored.document.plans[0].points]
        assert shown == [session.get_one(WorkPoint, point).text for point in stored.points[0]]
        assert len(shown) == len(plan.points) - 1
