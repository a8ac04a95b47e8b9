"""The page that shows a paper before it is printed or saved: as it will look, page by page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.jobs import Jobs
from desktop.pages.page import Page
from desktop.pages.preview_pages import Pages
from desktop.pages.preview_print import new_printer, put_on_paper
from desktop.pages.preview_view import Fit, PagesView
from desktop.widgets.jobline import JobLine

if TYPE_CHECKING:
    from desktop.jobs import Progress
    from exports.pdf import Print

_TOLD = 3  # missing signs told one by one


class Preview(Page):
    """The page 打印預覽. It stands behind the pages of the navigation; ``left`` says that the user goes back."""

    name = "打印預覽"
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.jobs = Jobs()  # its own worker: pages are drawn while the database works
        self.view = PagesView(desk, self.jobs)
        self._content, self._file = b"", ""
        self._saved: Path | None = None
        self._pages: Pages | None = None
        self.number, self.count, self.zoom = QSpinBox(), QLabel(), QLabel()
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.previous, self.next = QPushButton("‹"), QPushButton("›")
        self.smaller, self.larger = QPushButton("−"), QPushButton("+")
        self.width_button, self.page_button = QPushButton(), QPushButton()
        self.job = JobLine(desk.words, desk.jobs)
        self.warning = QFrame()
        self.warned = QLabel()
        self._build()
        self._connect()

    def _build(self) -> None:
        words = self.desk.words
        self.back_button = self.add_action("返回")
        self.save_button = self.add_action("另存為…")
        self.folder_button = self.add_action("打開文件夾")
        self.set_main_action("打印…")
        words.put(self.back_button, "返回（Esc）", setter="setToolTip")
        words.put(self.save_button, "另存為 PDF（Ctrl+S）", setter="setToolTip")
        words.put(self.folder_button, "打開保存的文件所在的文件夾", setter="setToolTip")
        words.put(self.main_action, "打印（Ctrl+P）", setter="setToolTip")
        for button, told in (
            (self.previous, "上一頁（PageUp）"),
            (self.next, "下一頁（PageDown）"),
            (self.smaller, "縮小頁面（−）"),
            (self.larger, "放大頁面（+）"),
        ):
            words.put(button, told, setter="setToolTip")
            words.put(button, told, setter="setAccessibleName")
        words.put(self.width_button, "適合寬度")
        words.put(self.page_button, "整頁")
        words.put(self.number, "頁碼", setter="setAccessibleName")
        for button in (self.width_button, self.page_button):
            button.setCheckable(True)
            button.setProperty("role", "chip")
        self.warning.setObjectName("notice")
        self.warning.setProperty("tone", "trouble")
        self.warned.setWordWrap(True)
        inside = QHBoxLayout(self.warning)
        inside.addWidget(self.warned)
        self.warning.hide()
        self.body.addWidget(self.job)
        self.body.addWidget(self.warning)
        self.body.addLayout(self._tools())
        self.body.addWidget(self.view, 1)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        parts: tuple[QWidget, ...] = (self.previous, self.number, self.count, self.next)
        for part in parts:
            row.addWidget(part)
        row.addSpacing(6 * theme.STEP)
        for part in (self.smaller, self.zoom, self.larger, self.width_button, self.page_button):
            row.addWidget(part)
        row.addStretch(1)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return row

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.save_button.clicked.connect(self._choose_file)
        self.folder_button.clicked.connect(self._open_folder)
        self.main_action.clicked.connect(self.choose_printer)
        self.previous.clicked.connect(lambda: self.view.go(self.view.page - 1))
        self.next.clicked.connect(lambda: self.view.go(self.view.page + 1))
        self.smaller.clicked.connect(lambda: self.view.step_zoom(-1))
        self.larger.clicked.connect(lambda: self.view.step_zoom(1))
        self.width_button.clicked.connect(lambda: self.view.set_fit(Fit.WIDTH))
        self.page_button.clicked.connect(lambda: self.view.set_fit(Fit.PAGE))
        self.number.valueChanged.connect(self._on_number)
        self.view.turned.connect(self._on_page)
        self.view.zoomed.connect(self._on_zoom)
        self.desk.scaled.connect(lambda _scale: self._fit_widths())
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Escape), self.left.emit),
            (QKeySequence(QKeySequence.StandardKey.Save), self._choose_file),
            (QKeySequence(QKeySequence.StandardKey.Print), self.choose_printer),
        ):
            QShortcut(keys, self, act, context=inside)
        self._fit_widths()

    def _fit_widths(self) -> None:
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("000 %") + 2 * theme.STEP)

    # what is shown

    def await_print(self, job: Progress, name: str) -> None:
        """Show how far a paper is that is being made."""
        self._content = b""
        self.warning.hide()
        self.desk.words.put(self.heading, "打印預覽：{name}", name=Path(name).stem)
        self.view.show_pages(None)
        self._let_go()
        self._enable(on=False)
        self.job.follow(job, "正在排版…")

    def _enable(self, *, on: bool) -> None:
        tools = (self.number, self.previous, self.next, self.smaller, self.larger, self.width_button, self.page_button)
        for part in (self.save_button, self.main_action, *tools):
            part.setEnabled(on)
        self.folder_button.setEnabled(on and self._saved is not None)
        if not on:
            self.count.clear()

    def show_print(self, printed: Print, name: str) -> None:
        """Show a finished paper; ``name`` is what its file would be called, without a folder."""
        self.show_pdf(printed.content, name)
        missing = printed.missing
        if missing:
            say = self.desk.say
            told = [one.told(say) for one in missing[:_TOLD]]
            if len(missing) > _TOLD:
                told.append(say("另有 {n} 處，鼠標停在這裏可以看到。", n=len(missing) - _TOLD))
            self.warned.setText("\n".join([say("有 {n} 處的字印不出來：", n=len(missing)), *told]))
            self.warned.setToolTip("\n".join(one.told(say) for one in missing))
        self.warning.setVisible(bool(missing))

    def show_pdf(self, content: bytes, name: str) -> None:
        """Show a PDF that was made elsewhere."""
        self._content, self._file, self._saved = content, name, None
        self.folder_button.setEnabled(False)
        self.warning.hide()
        self.desk.words.put(self.heading, "打印預覽：{name}", name=Path(name).stem)
        self.view.show_pages(None)
        self._let_go()
        self.jobs.run(self, lambda _progress: Pages(content), self._take, self.desk.troubled.emit)

    def _take(self, pages: Pages) -> None:
        self._pages = pages
        self._enable(on=True)
        self.number.setRange(1, len(pages.sizes))
        self.desk.words.put(self.count, "/ {n} 頁", n=len(pages.sizes))
        self.view.show_pages(pages)
        self.view.setFocus()

    def _let_go(self) -> None:
        pages, self._pages = self._pages, None
        if pages is not None:
            self.jobs.run(self, lambda _progress: pages.close(), lambda _none: None, self.desk.troubled.emit)

    def _on_number(self, number: int) -> None:
        if number - 1 != self.view.page:
            self.view.go(number - 1)

    def _on_page(self, page: int) -> None:
        self.number.blockSignals(True)
        self.number.setValue(page + 1)
        self.number.blockSignals(False)
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < self.number.maximum())

    def _on_zoom(self, zoom: float) -> None:
        self.zoom.setText(f"{zoom:.0%}")
        self.width_button.setChecked(self.view.fit is Fit.WIDTH)
        self.page_button.setChecked(self.view.fit is Fit.PAGE)

    # out

    def _choose_file(self) -> None:
        if not self._content:
            return
        say = self.desk.say
        name, _ = QFileDialog.getSaveFileName(self, say("另存為 PDF"), self._file, f"{say('PDF 文件')} (*.pdf)")
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the file that is shown."""
        content, target = self._content, path if path.suffix else path.with_suffix(".pdf")

        def work(_progress: object) -> Path:
            from exports.safewrite import safe_write_bytes

            return safe_write_bytes(target, content)

        def told(written: Path) -> None:
            self._saved = written
            self.folder_button.setEnabled(True)
            self.desk.told.emit(self.desk.say("已保存：{path}", path=written), None)

        self.desk.work(self, work, told)

    def _open_folder(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    def choose_printer(self) -> None:
        """Ask for printer, pages and copies, and print."""
        if self._pages is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self.desk.told.emit(self.desk.say("這臺電腦沒有打印機。可以另存為 PDF，拿到能打印的電腦上打印。"), None)
            return
        printer = new_printer(self._pages, Path(self._file).stem)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(self._pages.sizes))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print the paper that is shown."""
        pages = self._pages
        assert pages is not None

        def work(progress: Progress) -> int:
            return put_on_paper(pages, printer, progress)

        def told(count: int) -> None:
            self.desk.told.emit(self.desk.say("已送打印機：{n} 頁。", n=count), None)

        self.desk.told.emit(self.desk.say("正在打印…"), None)
        self.jobs.run(self, work, told, self.desk.troubled.emit)
