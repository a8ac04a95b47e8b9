"""``taizhang assign``: dividing a plan among the county's units."""

from __future__ import annotations

from argparse import Namespace

from db.errors import Refused
from desktop.commands.about import About, argument
from desktop.commands.context import Context


def assign(context: Context, options: Namespace) -> int:
    """Propose assignments for a plan's points; with ``--accept`` confirm those that have a lead unit."""
    from db import assignments, ledger, plans, proposals

    if not options.auto and not options.accept:
        raise Refused("請寫明要做什麼：--auto 擬辦，--accept 採納。")
    with context.database() as database:
        with database.reading() as session:
            chosen = [plans.find(session, options.plan).id] if options.plan else [p.id for p in plans.listed(session)]
        for plan in chosen:
            if options.auto:
                context.tell(proposals.propose(database, plan=plan))
            with database.reading() as session:
                rows = ledger.read(session, plan=plan).rows
            if options.accept:
                waiting = [row.id for row in rows if not row.confirmed]
                context.tell(assignments.accept(database, ids=waiting))
            else:
                for row in rows:
                    told = row.lead or context.stored(row.lead_reason)
                    print(f"  {row.code}  {told}  {row.point_text[:24]}")
    return 0


ABOUT = (
    About(
        "assign",
        "把計劃分解給縣直單位",
        assign,
        (
            argument("plan", nargs="?", metavar="PLAN", help="計劃的編號或名稱；不寫則為全部計劃"),
            argument("--auto", action="store_true", help="按責任條款和單位詞典擬辦"),
            argument("--accept", action="store_true", help="採納有牽頭單位的擬辦任務"),
        ),
    ),
)
