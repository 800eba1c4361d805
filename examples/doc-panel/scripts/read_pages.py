"""The prose of the Markdown pages under a folder: no code, no tables, no markup."""
import json
import os
import re
import sys

folder = json.load(sys.stdin)["folder"]
paths = []
for place, folders, files in os.walk(folder):
    folders[:] = sorted(name for name in folders if name != "target" and not name.startswith("."))
    paths += [os.path.join(place, name) for name in files if name.endswith(".md")]

texts = []
for path in sorted(paths)[:60]:
    with open(path, encoding="utf-8") as source:
        text = re.sub(r"```[\s\S]*?```", " ", source.read())
    lines = [line for line in text.splitlines() if line.strip() and not re.match(r"\s*(\||#|!)", line)]
    texts.append(re.sub(r"[*`_]|\[([^\]]*)\]\([^)]*\)", r"\1", "\n".join(lines)))

json.dump({"pages": "\n\n".join(texts), "pages_read": len(texts)}, sys.stdout)
