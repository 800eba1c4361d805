package dev.fettle.core.report;

/** Names of any length in boxes of a given width. */
final class Labels {
    private Labels() {}

    /**
     * A name of at most so many characters. Of a path the end is kept, since it tells nodes apart; of anything else the
     * start and the end.
     */
    static String shorten(String name, int length) {
        if (name.length() <= length) {
            return name;
        }
        int slash = name.lastIndexOf('/');
        String last = slash >= 0 ? name.substring(slash + 1) : name;
        if (slash >= 0 && last.length() + 2 <= length && !last.isEmpty()) {
            return "…" + name.substring(name.length() - length + 1);
        }
        int head = (length - 1) / 2;
        return last.length() <= length
                ? last
                : last.substring(0, head) + "…" + last.substring(last.length() - (length - 1 - head));
    }

    /** The name with places at which a browser may break the line. */
    static String breakable(String name) {
        return name.replace("/", "/\u200B").replace("_", "_\u200B");
    }
}
