#!/bin/sh
# The two commands of the README, `sh run.sh start` and `sh run.sh test`, and the slow ones.
# Each prepares what it needs: as root on Debian the system packages too, otherwise it names them in one sentence.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"

if [ -w . ]; then work=$PWD; else work=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/taizhang; fi
venv=$work/.venv
data=$work/data

# What Qt loads to draw offscreen, under X11 and under Wayland: library:package.
QT_LIBRARIES="libEGL.so.1:libegl1 libGL.so.1:libgl1 libgthread-2.0.so.0:libglib2.0-0 libfontconfig.so.1:libfontconfig1
libdbus-1.so.3:libdbus-1-3 libxkbcommon.so.0:libxkbcommon0 libxkbcommon-x11.so.0:libxkbcommon-x11-0
libX11-xcb.so.1:libx11-xcb1 libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-randr.so.0:libxcb-randr0
libxcb-render-util.so.0:libxcb-render-util0 libxcb-shape.so.0:libxcb-shape0 libxcb-xfixes.so.0:libxcb-xfixes0
libxcb-xkb.so.1:libxcb-xkb1 libwayland-client.so.0:libwayland-client0 libwayland-cursor.so.0:libwayland-cursor0
libwayland-egl.so.1:libwayland-egl1"

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 2; }

usage() {
    say "用法：sh run.sh 命令
  start     啟動程序；沒有顯示器時導入示例通知、分解任務並寫出臺賬 xlsx
  test      全部測試（ruff、mypy、pytest）
  office    用 LibreOffice 打開所寫文件的測試
  bench     速度測試
  thousand  收回一千五百份弄壞的工作簿、檢查五百份公示文件（約七分鐘）
  build     打包成 dist/taizhang 並試運行
  licences  列出所用程序庫的許可證
  lock      按 pyproject.toml 重寫 .ci/lock.txt（需要 uv）"
    exit 2
}

packages() { # PACKAGE…: root installs them, anybody else is told which
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        stop "缺少系統軟件包。請管理員運行 apt-get install $*，然後重新運行本命令。"
    fi
    say "安裝系統軟件包：$*"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    # A broken foreign source must not stop us: if it matters, the installation says so.
    apt-get update >"$log" 2>&1 </dev/null || true
    if ! apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        stop "系統軟件包沒有裝上：$*。請檢查網絡和軟件源，然後重新運行。"
    fi
    rm -f "$log"
}

find_python() { # sets $python to an interpreter that can make a virtual environment
    for python in python3.11 python3 python3.12 python3.13; do
        "$python" -c 'import sys, ensurepip, venv, ssl, sqlite3; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
            >/dev/null 2>&1 && return 0
    done
    return 1
}

libraries() { # LIBRARY:PACKAGE…: installs the packages whose library does not load
    lacking=$(python -c '
import ctypes, sys
for pair in sys.argv[1:]:
    library, package = pair.split(":")
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
' "$@")
    # shellcheck disable=SC2086 - a list of words
    [ -z "$lacking" ] || packages $lacking
}

python() { "$venv/bin/python" "$@"; }

pip_install() { # PIP-ARGUMENT…
    python -m pip --disable-pip-version-check --no-input install --quiet --root-user-action=ignore "$@" </dev/null
}

prepare() { # the virtual environment in $venv with everything of the lock file, once
    ready="$PWD $(cat .ci/lock.txt pyproject.toml | sha256sum)"
    if [ "$(cat "$venv/ready" 2>/dev/null)" = "$ready" ] && python -c '' 2>/dev/null; then return; fi
    find_python || packages python3-venv
    find_python || stop "沒有可用的 Python：需要 3.11、3.12 或 3.13，並帶有 venv 模塊（Debian：python3-venv）。"
    say "準備 Python 環境（$venv），第一次要下載約 200 MB，請稍候。"
    mkdir -p "$work"
    "$python" -m venv --clear "$venv"
    pip_install --require-hashes -r .ci/lock.txt ||
        stop "程序庫沒有裝上。請檢查網絡（可用 PIP_INDEX_URL 指定鏡像），然後重新運行。"
    # In a checkout that cannot be written the programs run from the current folder, without the command taizhang.
    if [ "$work" = "$PWD" ]; then pip_install --no-deps --no-build-isolation -e .; fi
    printf '%s\n' "$ready" >"$venv/ready"
}

qt_libraries() {
    # shellcheck disable=SC2086 - a list of words
    libraries $QT_LIBRARIES
}

taizhang() { python -m desktop --db "$data/臺賬.db" "$@"; }

has_display() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
    qt_libraries
    # In a shell of its own: Qt aborts where it cannot connect, and the shell would say so.
    if (python -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])') >/dev/null 2>&1; then return; fi
    say "連不上顯示器（DISPLAY=${DISPLAY:-}），改為不開窗口運行。"
    return 1
}

start() {
    mkdir -p "$data"
    if has_display; then taizhang; return; fi
    if ! taizhang plan list --json 2>/dev/null | grep -q '"id"'; then
        taizhang plan import resources/plans/hunan-2022-16.txt
    fi
    taizhang assign --auto
    taizhang ledger export "$data/工作臺賬.xlsx"
}

caches() { # tools keep their notes beside the environment, so that a read-only checkout can be tested too
    export RUFF_CACHE_DIR="$work/.ruff_cache" MYPY_CACHE_DIR="$work/.mypy_cache"
    export HYPOTHESIS_STORAGE_DIRECTORY="$work/.hypothesis" QT_QPA_PLATFORM=offscreen
}

run_tests() { # PYTEST-ARGUMENT…
    python -m pytest -o cache_dir="$work/.pytest_cache" "$@" </dev/null
}

check() { # NAME COMMAND…: goes on after a failure, so that one run tells all
    say "— $1"
    "$@" || failed="$failed $1"
}
ruff() { python -m ruff check . && python -m ruff format --check .; }
mypy() { python -m mypy; }
pytest() { run_tests -n 2; }

test_all() {
    failed=
    check ruff
    check mypy
    check pytest
    [ -z "$failed" ] || { say "沒有通過：$failed"; exit 1; }
}

build() {
    command -v objdump >/dev/null || packages binutils
    libraries "$(python -c 'import sys; print("libpython{0}.{1}.so.1.0:libpython{0}.{1}".format(*sys.version_info))')"
    python -m PyInstaller --noconfirm --log-level WARN --workpath "$work/build" --distpath "$work/dist" build.spec
    try_built "$work/dist/taizhang/taizhang"
    say "已打包並試運行：$work/dist/taizhang"
}

try_built() { # PROGRAM: the whole path from the notice to paper, and the window for a few seconds
    scratch=$(mktemp -d)
    built() { "$program" --db "$scratch/試.db" "$@"; }
    program=$1
    built --version
    built plan import resources/plans/hunan-2022-16.txt
    built assign --auto >/dev/null
    built assign --accept >/dev/null
    built ledger export "$scratch/臺賬.xlsx"
    built ledger export "$scratch/臺賬.pdf"
    built division "$scratch/方案.docx"
    built search 財政 | grep -q 縣財政局 || stop "打好的程序查不到單位。"
    built ledger dispatch "$scratch/分發" --due 2022-06-28 --period 2022-06 >/dev/null
    built ledger collect --apply "$scratch/分發" >/dev/null
    export TAIZHANG_PASSWORD=試用密碼1234
    built vault set >/dev/null
    built subsidy add 地力補貼 >/dev/null
    built subsidy catalogue --out "$scratch/目錄.pdf" >/dev/null || [ $? = 1 ] # what is not stated is told
    printf '鄉鎮,村,姓名,金額(元)\n石橋鎮,石橋村,王建國,525\n安定鎮,河東村,李秀英,341.25\n' >"$scratch/發放.csv"
    built payments import "$scratch/發放.csv" --policy 地力補貼 --period 2022 --add-places >/dev/null
    built payments post "$scratch/公示" --period 2022 >/dev/null
    ls "$scratch/公示/石橋鎮/"*.pdf "$scratch/公示/安定鎮/"*.pdf >/dev/null || stop "打好的程序沒有製出公示。"
    built check
    unset TAIZHANG_PASSWORD
    shown=0
    QT_QPA_PLATFORM=offscreen timeout 5 "$program" --db "$scratch/試.db" || shown=$?
    rm -rf "$scratch"
    [ "$shown" = 124 ] || stop "打好的程序沒有顯示窗口（退出狀態 $shown）。" # 124: still open when the time was up
}

[ $# -eq 1 ] || usage
case $1 in
start) prepare; start ;;
test) prepare; qt_libraries; caches; test_all ;;
office)
    command -v soffice >/dev/null || packages libreoffice-calc-nogui libreoffice-writer-nogui
    prepare; qt_libraries; caches; run_tests -m office ;;
bench) prepare; qt_libraries; caches; run_tests -m bench -p no:xdist -s ;;
thousand) prepare; caches; run_tests -m thousand -s ;;
build) prepare; qt_libraries; build ;;
licences) prepare; python tests/licences.py ;;
lock)
    command -v uv >/dev/null || stop "沒有找到 uv，請先安裝（pip install uv）。"
    uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
        --custom-compile-command "sh run.sh lock" --extra dev --extra build --output-file .ci/lock.txt pyproject.toml ;;
*) usage ;;
esac
