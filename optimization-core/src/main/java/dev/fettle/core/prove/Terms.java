package dev.fettle.core.prove;

import java.util.HashMap;
import java.util.Map;

/** Short names for terms: equal terms have one name. */
final class Terms {
    private final Map<Object, String> names = new HashMap<>();

    /** @param term equal to itself alone, as texts, records and lists of them are */
    String of(Object term) {
        return names.computeIfAbsent(term, unnamed -> "t" + names.size());
    }
}
