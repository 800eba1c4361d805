package dev.fettle.core.discover;

import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.core.profile.BoundedMap;
import java.util.regex.Pattern;

/** Ids of discovered nodes, and pairs of them as one text. */
final class Names {
    private static final Pattern NOT_ALLOWED = Pattern.compile("[^\\p{L}\\p{N}_.\\-/ :()\\[\\]<>#@+]");
    private static final int MAX_LENGTH = 190;
    private static final char BETWEEN = '\0';

    private Names() {}

    /** The id that stands for a recorded one in a workflow: the same, unless a workflow may not have it. */
    static String usable(String id) {
        if (WorkflowCheck.isValidId(id)) {
            return id;
        }
        String safe = NOT_ALLOWED.matcher(id).replaceAll("_").replace("..", "._");
        safe = "_" + (safe.length() > MAX_LENGTH ? safe.substring(0, MAX_LENGTH) : safe);
        return WorkflowCheck.isValidId(safe) ? safe : "_" + Integer.toHexString(id.hashCode());
    }

    static String pair(String first, String second) {
        return first + BETWEEN + second;
    }

    static String first(String pair) {
        int cut = pair.indexOf(BETWEEN);
        return cut < 0 ? BoundedMap.OTHER : pair.substring(0, cut);
    }

    static String second(String pair) {
        int cut = pair.indexOf(BETWEEN);
        return cut < 0 ? BoundedMap.OTHER : pair.substring(cut + 1);
    }
}
