"""Puts everything that was found into one text."""
import json
import sys

found = json.load(sys.stdin)
lines, marks, names = found["lines"], found["marks"], found["names"]
modules = ", ".join(f"{name} ({count})" for name, count in sorted(found["modules"].items()))
report = f"""{found["folder"]}
modules: {modules or "none"}
lines: {lines["code"]} of code, {lines["comment"]} of comments, {lines["blank"]} empty
names: {names["different"]} different, {names["meanLength"]} characters on average, mostly of {", ".join(names["words"])}
repeated lines: {found["duplicates"]}
for later: {marks["later"]}, long lines: {marks["long"]}, suppressed warnings: {marks["suppressed"]}"""
json.dump({"report": report}, sys.stdout)
