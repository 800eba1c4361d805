# How many lines are code, comments and empty.
. scripts/sources.sh
sources | xargs awk '
  /^[ \t]*$/ { blank++; next }
  /^[ \t]*(\/\/|\/?\*)/ { comment++; next }
  { code++ }
  END { printf "{\"lines\":{\"blank\":%d,\"code\":%d,\"comment\":%d}}\n", blank, code, comment }'
