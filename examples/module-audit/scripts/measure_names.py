"""The words that names are made of, and how long names are."""
import collections
import json
import os
import re
import sys

folder = json.load(sys.stdin)["folder"]
paths = []
for place, folders, files in os.walk(folder):
    folders[:] = sorted(name for name in folders if name != "target")
    paths += [os.path.join(place, name) for name in files if name.endswith(".java")]

names = collections.Counter()
for path in sorted(paths)[:120]:
    with open(path, encoding="utf-8") as source:
        text = re.sub(r'"(\\.|[^"\\])*"|//.*|/\*[\s\S]*?\*/', " ", source.read())
    names.update(re.findall(r"\b[A-Za-z_][A-Za-z0-9_]{2,}\b", text))

words = collections.Counter()
for name, count in names.items():
    for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name):
        words[word.lower()] += count

total = sum(names.values())
common = sorted(words.items(), key=lambda entry: (-entry[1], entry[0]))[:5]
json.dump(
    {
        "names": {
            "different": len(names),
            "meanLength": round(sum(len(name) * count for name, count in names.items()) / max(1, total), 2),
            "words": [word for word, _ in common],
        }
    },
    sys.stdout,
)
