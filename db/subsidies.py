"""Subsidy policies (補貼政策): adding, correcting, new versions from a day on, ending, order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import policynames
from db.changes import Changes
from db.database import Change, Database
from db.errors import Refused
from db.models import Payment, PolicyVersion, Posting, SubsidyPolicy
from db.policytexts import doubts, put, texts, tidy
from db.subsidyitems import BY_KEY
from db.terms import PostingProfile

_DAY = timedelta(days=1)


def get(session: Session, policy_id: int) -> SubsidyPolicy:
    """Return a policy; raise :class:`Refused` where it is gone."""
    row = session.get(SubsidyPolicy, policy_id)
    if row is None:
        raise Refused("這項補貼政策已不存在。請刷新後再試。")
    return row


def get_version(session: Session, version_id: int) -> PolicyVersion:
    """Return a version; raise :class:`Refused` where it is gone."""
    row = session.get(PolicyVersion, version_id)
    if row is None:
        raise Refused("這個政策版本已不存在。請刷新後再試。")
    return row


def named(session: Session, name: str) -> SubsidyPolicy:
    """Return the policy with this name, short name or id; raise :class:`Refused` without one or with several."""
    wanted = policynames.key(name)
    rows = session.scalars(select(SubsidyPolicy).order_by(SubsidyPolicy.position)).all()
    found = [row for row in rows if wanted and wanted in {policynames.key(called) for called in _called(row)}]
    if not found and name.strip().isdecimal():
        found = [row for row in rows if row.id == int(name)]
    if not found:
        raise Refused("沒有名為「{name}」的補貼政策。可用 subsidy list 查看。", name=name)
    if len(found) > 1:
        ids = "、".join(str(row.id) for row in found)
        raise Refused("名為「{name}」的補貼政策不止一項（{ids}）。請改用序號。", name=name, ids=ids)
    return found[0]


def _called(row: SubsidyPolicy) -> set[str]:
    return {row.name, *(one.name for one in row.versions), *(one.short_name for one in row.versions if one.short_name)}


def same_named(session: Session, name: str, *, but: int | None = None) -> list[SubsidyPolicy]:
    """Return the policies that have this name, in either script and with any brackets."""
    query = select(SubsidyPolicy).where(SubsidyPolicy.folded == policynames.key(name), SubsidyPolicy.id != (but or 0))
    return list(session.scalars(query.order_by(SubsidyPolicy.position)))


def _name_of(values: Mapping[str, str]) -> str:
    name = values.get("name", "")
    if not policynames.key(name):
        raise Refused("補貼政策名稱不能為空。")
    return name


def insert(
    session: Session,
    *,
    values: Mapping[str, str],
    valid_from: date | None = None,
    valid_to: date | None = None,
    profile: PostingProfile = PostingProfile.PLAIN,
    source: str = "",
    position: int | None = None,
) -> SubsidyPolicy:
    """Put a new policy with its first version at a place of the order, else last, within a running operation."""
    wanted = tidy(values)
    name = _name_of(wanted)
    _refuse_backwards(valid_from, valid_to)
    place = next_position(session) if position is None else position
    row = SubsidyPolicy(name=name, folded=policynames.key(name), position=place, profile=profile)
    version = PolicyVersion(valid_from=valid_from, valid_to=valid_to, name=name, source=source)
    put(version, wanted)
    row.versions.append(version)
    session.add(row)
    return row


def next_position(session: Session) -> int:
    """Return the place behind all policies."""
    return (session.scalar(select(func.max(SubsidyPolicy.position))) or 0) + 1


def add(
    database: Database,
    *,
    values: Mapping[str, str],
    valid_from: date | None = None,
    valid_to: date | None = None,
    profile: PostingProfile = PostingProfile.PLAIN,
    source: str = "",
    same_name: bool = False,
) -> Changes:
    """Add a policy with its first version; a second one of the same name only with ``same_name``."""
    with database.change("添加補貼政策", operation="subsidies.add") as change:
        name = _name_of(tidy(values))
        holders = same_named(change.session, name)
        if holders and not same_name:
            raise Refused("已有補貼政策「{name}」。請改名，或在它下面添加新版本。", name=holders[0].name)
        insert(change.session, values=values, valid_from=valid_from, valid_to=valid_to, profile=profile, source=source)
        change.title = f"添加補貼政策「{name}」"
        note_doubts(change, values)
    return change.changes


def note_doubts(change: Change, values: Mapping[str, str]) -> None:
    """Tell what should be looked at in these items; they are kept as they were entered."""
    change.notes += [f"{BY_KEY[key].label}：{told}" for key, told in doubts(values, today=date.today())]


def correct(session: Session, version: PolicyVersion, values: Mapping[str, str]) -> None:
    """Write items into a version within a running operation; the policy is called as its latest version is."""
    wanted = tidy(values)
    policy = get(session, version.policy_id)
    if "name" in wanted:
        name = _name_of(wanted)
        if policy.versions[-1] is version:
            policy.name, policy.folded = name, policynames.key(name)
    put(version, wanted)


def edit(database: Database, *, version: int, values: Mapping[str, str]) -> Changes:
    """Correct items of a version; those not named stay. A change from a day on is :func:`add_version`."""
    with database.change("修改補貼政策", operation="subsidies.edit") as change:
        row = get_version(change.session, version)
        policy = get(change.session, row.policy_id)
        before = texts(row)
        wanted = tidy(values)
        changed = [BY_KEY[key].label for key in wanted if wanted[key] != before[key]]
        change.title = f"修改補貼政策「{policy.name}」" + (f"的{'、'.join(changed)}" if changed else "")
        correct(change.session, row, wanted)
        note_doubts(change, {key: text for key, text in wanted.items() if text != before[key]})
    return change.changes


# versions in time


def _refuse_backwards(valid_from: date | None, valid_to: date | None) -> None:
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise Refused("執行止日 {to} 早於執行起日 {start}。請核對。", to=valid_to, start=valid_from)


def _span(version: PolicyVersion) -> str:
    return f"{version.valid_from or '最初'} 至 {version.valid_to or '今後'}"


def _refuse_overlap(versions: Sequence[PolicyVersion], valid_from: date | None, valid_to: date | None) -> None:
    first, last = valid_from or date.min, valid_to or date.max
    for one in versions:
        if first <= (one.valid_to or date.max) and last >= (one.valid_from or date.min):
            raise Refused("與 {span} 執行的版本重疊。請先改它的起止日期，或給這個版本另定日期。", span=_span(one))


def set_validity(database: Database, *, version: int, valid_from: date | None, valid_to: date | None) -> Changes:
    """Say from when to when a version holds, both days included; None leaves an end open."""
    with database.change("修改執行日期", operation="subsidies.set_validity") as change:
        row = get_version(change.session, version)
        policy = get(change.session, row.policy_id)
        change.title = f"修改補貼政策「{policy.name}」的執行日期"
        hold(policy, row, valid_from, valid_to)
    return change.changes


def hold(policy: SubsidyPolicy, version: PolicyVersion, valid_from: date | None, valid_to: date | None) -> None:
    """Give a version of a policy these days within a running operation."""
    _refuse_backwards(valid_from, valid_to)
    _refuse_overlap([one for one in policy.versions if one is not version], valid_from, valid_to)
    version.valid_from, version.valid_to = valid_from, valid_to


def add_version(
    database: Database,
    *,
    policy: int,
    valid_from: date,
    valid_to: date | None = None,
    values: Mapping[str, str] | None = None,
    source: str = "",
) -> Changes:
    """Add a version that holds from a day on (新版本); the one before it is closed the day before.

    Items not named are those of the version before. Raises :class:`Refused` where it would overlap another.
    """
    with database.change("添加政策版本", operation="subsidies.add_version") as change:
        row = get(change.session, policy)
        change.title = f"補貼政策「{row.name}」自 {valid_from.isoformat()} 起的新版本"
        succeed(change.session, row, valid_from=valid_from, valid_to=valid_to, values=values or {}, source=source)
        note_doubts(change, values or {})
    return change.changes


def succeed(
    session: Session,
    policy: SubsidyPolicy,
    *,
    valid_from: date,
    valid_to: date | None,
    values: Mapping[str, str],
    source: str = "",
) -> PolicyVersion:
    """Put a version that holds from a day on into a policy within a running operation, and return it."""
    _refuse_backwards(valid_from, valid_to)
    session.flush()  # the policy may have been put in just now
    earlier = [one for one in policy.versions if one.valid_from is None or one.valid_from < valid_from]
    base = earlier[-1] if earlier else policy.versions[0]
    if earlier and earlier[-1].valid_to is None:
        earlier[-1].valid_to = valid_from - _DAY
    _refuse_overlap(policy.versions, valid_from, valid_to)
    content = texts(base) | tidy(values)
    version = PolicyVersion(policy_id=policy.id, valid_from=valid_from, valid_to=valid_to, name="", source=source)
    put(version, content)
    session.add(version)
    session.flush()
    session.refresh(policy, ["versions"])
    if policy.versions[-1] is version:
        policy.name, policy.folded = version.name, policynames.key(version.name)
    return version


def remove_version(database: Database, *, version: int) -> Changes:
    """Take a version out; the only one of a policy stays."""
    with database.change("刪除政策版本", operation="subsidies.remove_version") as change:
        row = get_version(change.session, version)
        policy = get(change.session, row.policy_id)
        if len(policy.versions) == 1:
            raise Refused("「{name}」只有這一個版本。要整項刪除，請用「刪除政策」。", name=policy.name)
        change.title = f"刪除補貼政策「{policy.name}」{_span(row)}的版本"
        policy.versions.remove(row)
        last = policy.versions[-1]
        policy.name, policy.folded = last.name, policynames.key(last.name)
    return change.changes


# whole policies


def _chosen(session: Session, policies: Sequence[int]) -> list[SubsidyPolicy]:
    rows = [get(session, one) for one in dict.fromkeys(policies)]
    if not rows:
        raise Refused("請先選擇補貼政策。")
    return rows


def _told(rows: Sequence[SubsidyPolicy]) -> str:
    return f"補貼政策「{rows[0].name}」" if len(rows) == 1 else f" {len(rows)} 項補貼政策"


def remove(database: Database, *, policies: Sequence[int]) -> Changes:
    """Take policies out with all their versions; one that was paid or posted can only be ended."""
    with database.change("刪除補貼政策", operation="subsidies.remove") as change:
        rows = _chosen(change.session, policies)
        for row in rows:
            if _is_used(change.session, row.id):
                raise Refused("「{name}」已有發放或公示記錄，不能刪除；不再執行的請用「停止執行」。", name=row.name)
        change.title = f"刪除{_told(rows)}"
        for row in rows:
            change.session.delete(row)
    return change.changes


def _is_used(session: Session, policy: int) -> bool:
    paid = select(Payment.id).where(Payment.policy_id == policy).limit(1)
    posted = select(Posting.id).where(Posting.policy_id == policy).limit(1)
    return session.scalar(paid) is not None or session.scalar(posted) is not None


def set_profile(database: Database, *, policies: Sequence[int], profile: PostingProfile) -> Changes:
    """Say how much of a person the postings of policies may show (公示方式)."""
    with database.change("設置公示方式", operation="subsidies.set_profile") as change:
        rows = _chosen(change.session, policies)
        change.title = f"{_told(rows).strip()}公示方式改為{profile.label}"
        for row in rows:
            row.profile = profile
    return change.changes


def end(database: Database, *, policies: Sequence[int], on: date | None) -> Changes:
    """End policies from a day on (停止執行); None takes them up again."""
    with database.change("停止執行補貼政策", operation="subsidies.end") as change:
        rows = _chosen(change.session, policies)
        change.title = f"{_told(rows).strip()}" + (f"自 {on.isoformat()} 起停止執行" if on else "恢復執行")
        for row in rows:
            row.ended_on = on
    return change.changes


def move(database: Database, *, policy: int, before: int | None) -> Changes:
    """Place a policy before another in the catalogue (順序); None places it last."""
    with database.change("調整補貼政策順序", operation="subsidies.move") as change:
        row = get(change.session, policy)
        change.title = f"調整補貼政策「{row.name}」的順序"
        query = select(SubsidyPolicy).where(SubsidyPolicy.id != policy)
        order = list(change.session.scalars(query.order_by(SubsidyPolicy.position, SubsidyPolicy.id)))
        order.insert(next((place for place, one in enumerate(order) if one.id == before), len(order)), row)
        for position, one in enumerate(order, start=1):
            one.position = position
    return change.changes
