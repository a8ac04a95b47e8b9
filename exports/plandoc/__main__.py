"""``python -m exports.plandoc FILE``: what the reader sees in a plan document, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from db.errors import Trouble
from exports.plandoc.jsonform import to_json
from exports.plandoc.readers import read_plan_file


def main(arguments: list[str]) -> int:
    """Print the JSON of each file; 1 and a sentence where one cannot be used."""
    try:
        documents = [document for name in arguments for document in read_plan_file(Path(name))]
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(json.dumps(to_json(documents), ensure_ascii=False, indent=1).encode() + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
