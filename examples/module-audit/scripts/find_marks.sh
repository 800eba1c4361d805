# Lines that somebody meant to come back to, that are long, or that suppress a warning.
. scripts/sources.sh
count() {
  sources | xargs grep -hE "$1" | wc -l
}
printf '{"marks":{"later":%d,"long":%d,"suppressed":%d}}\n' \
  "$(count '(TODO|FIXME|XXX)')" "$(count '^.{110,}$')" "$(count '@SuppressWarnings')"
