"""The office, its operators, the script and paper of its output, its paths."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from db.settings import LABELS
from desktop import theme
from desktop.desk import Desk
from desktop.pages.settings_form import SettingsForm, Values
from desktop.script import Script

_SCRIPTS = ((Script.SIMPLIFIED.value, "簡體"), (Script.TRADITIONAL.value, "繁體"))
_PAPERS = (("A3", "A3 橫向"), ("A4", "A4 橫向"))


class OfficePane(SettingsForm):
    """The tab 辦公室和輸出."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = desk.words
        self.county = self.line("county", 0)
        words.put(self.county, "如 平江縣", setter="setPlaceholderText")
        self.office_name = self.line("office_name", 1)
        words.put(self.office_name, "如 平江縣人民政府辦公室", setter="setPlaceholderText")
        self.telephone = self.line("office_telephone", 2)
        self.email = self.line("office_email", 3)
        self.operators = self.lines("operators", 4, 3)
        words.put(self.operators, "每行一個姓名；在窗口右下角選擇由誰操作", setter="setPlaceholderText")
        self.script = self.choice("output_script", 5, _SCRIPTS)
        self.convert = QCheckBox()
        words.put(self.convert, LABELS["convert_output"])
        words.put(self.convert, LABELS["convert_output"], setter="setAccessibleName")
        self.form.grid.addWidget(self.convert, 6, 1)
        self.hint("輸出字形用於臺賬、方案等文件裏的固定文字；正文默認保持錄入時的字形。", 7)
        self.paper = self.choice("paper", 8, _PAPERS)
        self._paths()
        self.convert.toggled.connect(lambda _on: self.say_edited())
        self.script.currentIndexChanged.connect(lambda _row: self._show_what_fits())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3 * theme.STEP, 0, 0)
        column.addWidget(self.scrolled())

    def _paths(self) -> None:
        words = self.desk.words
        self.folder = self.line("backup_folder", 9)
        words.put(self.folder, "默認在數據庫旁邊", setter="setPlaceholderText")
        self.folder_button = QPushButton()
        words.put(self.folder_button, "選擇…")
        words.put(self.folder_button, "選擇備份文件夾", setter="setAccessibleName")
        self.folder_button.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.folder_button)
        self.form.grid.addLayout(row, 9, 1)
        self.where = QLabel()
        self.where.setWordWrap(True)
        self.where.setProperty("role", "faint")
        self.form.grid.addWidget(self.where, 10, 1)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.desk.say("選擇備份文件夾"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
            self.say_edited()

    def _show_what_fits(self) -> None:
        """Offer the conversion of the data only where output is in simplified characters."""
        self.convert.setEnabled(self.script.currentData() == Script.SIMPLIFIED.value)

    def fill(self, values: Values) -> None:
        """Show settings by name."""
        for field, name in self._lines():
            self.form.fill(field, values[name])
        if self._names() != values["operators"]:
            self.operators.setPlainText("\n".join(values["operators"]))
        self.script.setCurrentIndex(self.script.findData(values["output_script"]))
        self.paper.setCurrentIndex(self.paper.findData(values["paper"]))
        self.convert.setChecked(values["convert_output"])
        self.desk.words.put(self.where, "數據庫：{path}", path=self.desk.database.path)
        self._show_what_fits()

    def _lines(self) -> list[tuple[QLineEdit, str]]:
        return [
            (self.county, "county"),
            (self.office_name, "office_name"),
            (self.telephone, "office_telephone"),
            (self.email, "office_email"),
            (self.folder, "backup_folder"),
        ]

    def _names(self) -> list[str]:
        lines = (line.strip() for line in self.operators.toPlainText().splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def values(self) -> Values:
        """Return the settings by name as they stand in the form."""
        return {
            **{name: field.text().strip() for field, name in self._lines()},
            "operators": self._names(),
            "output_script": self.script.currentData(),
            "convert_output": self.convert.isChecked(),
            "paper": self.paper.currentData(),
        }
