# How large the sources are when they are packed well.
. scripts/sources.sh
packed=$(sources | xargs cat | gzip -9 | wc -c)
printf '{"archive":%d}\n' "$packed"
