# Read by the other scripts: puts the names of the folder's Java sources into a list, sorted, so that every run is the same.
# The input is the JSON object of what the node reads; here it has one key, whose value holds no quotation mark.
folder=$(sed -n 's/.*"folder":"\([^"]*\)".*/\1/p')
[ -d "$folder" ] || { echo "the folder ($folder) does not exist" >&2; exit 1; }
sources() {
  find "$folder" -name target -prune -o -name '*.java' -print | LC_ALL=C sort | head -n 120
}
