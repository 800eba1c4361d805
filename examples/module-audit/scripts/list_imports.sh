# The packages of the Java platform that each of the first files imports, file after file.
. scripts/sources.sh
sources | head -n 40 | xargs awk '
  /^import (static )?javax?\./ {
    name = $0
    sub(/^import (static )?/, "", name)
    sub(/\.[A-Z*].*$/, "", name)
    if (!((FILENAME, name) in seen)) {
      seen[FILENAME, name] = 1
      list = list (count++ ? "," : "") "\"" name "\""
    }
  }
  END { print "{\"imports\":[" list "]}" }'
