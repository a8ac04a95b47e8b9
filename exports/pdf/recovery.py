"""The sheet with the recovery key (恢復密鑰): printed once, put into an envelope, kept away from the computer."""

from __future__ import annotations

from datetime import date

from db.settings import Office
from exports.pdf.blocks import Block, Gap, Line, Paragraph, Title
from exports.pdf.document import Document, Print, render
from exports.pdf.fonts import Face
from exports.words import printable, words_of

_KEY_SIZE, _TEXT_SIZE = 24.0, 14.0
_GROUPS_A_LINE = 4
_SAYS = (
    "忘記密碼時，在程序的「設置」→「安全」裏點「用恢復密鑰重設」，按上面的順序輸入這些字符，再設置新的密碼。大小寫、空格和橫線不影響。",
    "每組的最後一個字符用來核對前面四個和組的次序，抄錯一個，程序會指出是哪一組。",
    "請裝入信封，與電腦分開保管。得到這張紙和數據庫文件的人，就能讀出其中加密的內容。",
    "密碼和這張紙都丟失，加密的內容就永遠讀不出來。在程序裏更換恢復密鑰以後，這張紙作廢。",
)


def print_recovery(key: str, *, office: Office, database: str, on: date) -> Print:
    """Print a recovery key on A4; ``database`` is the name of the file it belongs to."""
    words = words_of(office)
    title = words.fixed("恢復密鑰")
    groups = key.split("-")
    lines = ["-".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
    owner = words.data(office.office_name or office.county)
    about = [owner] if owner else []
    about += [words.fixed("數據庫：") + database, words.fixed(f"{on.year}年{on.month}月{on.day}日")]
    blocks: list[Block] = [Title(title), Line(printable("　".join(about)), _TEXT_SIZE, "center", after=24.0)]
    blocks += [Line(line, _KEY_SIZE, "center", Face.SANS, "恢復密鑰", after=6.0) for line in lines]
    blocks.append(Gap(24.0))
    blocks += [Paragraph(words.fixed(sentence), _TEXT_SIZE, after=4.0) for sentence in _SAYS]
    return render(Document(title, blocks, author=office.office_name or office.county, numbered=False))
