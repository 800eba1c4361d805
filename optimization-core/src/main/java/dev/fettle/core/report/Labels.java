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
        int slash = name.indexOf('/', name.length() - length + 1);
        if (slash >= 0 && slash < name.length() - 1) {
            return "…" + name.substring(slash);
        }
        String last = name.substring(name.lastIndexOf('/') + 1);
        if (last.isEmpty()) {
            last = name;
        }
        if (last.length() <= length) {
            return last;
        }
        int head = (length - 1) / 2;
        return last.substring(0, head) + "…" + last.substring(last.length() - (length - 1 - head));
    }

    /** The name with places at which a browser may break the line. */
    static String breakable(String name) {
        return name.replace("/", "/\u200B").replace("_", "_\u200B");
    }
}
