# Longer lines that stand in the sources more than once.
. scripts/sources.sh
repeated=$(sources | xargs awk 'length($0) > 40 && !/^import / { gsub(/[ \t]+/, " "); print }' \
  | LC_ALL=C sort | uniq -d | wc -l)
printf '{"duplicates":%d}\n' "$repeated"
