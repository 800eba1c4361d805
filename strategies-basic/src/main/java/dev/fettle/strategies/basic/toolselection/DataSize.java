package dev.fettle.strategies.basic.toolselection;

import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ToolCall;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** How much data the recorded calls of a tool were about: items of the longest list in their arguments. */
final class DataSize {
    private static final int MOST_TIMES = 2;

    private DataSize() {}

    /** The median of the sampled calls; NaN where no call has recorded arguments with a list. */
    static double median(PerformanceProfile profile, String tool) {
        double[] sizes = profile.sample().stream()
                .flatMap(trace -> trace.occurrences().stream())
                .flatMap(occurrence -> occurrence.toolCalls().stream())
                .filter(call -> call.tool().equals(tool))
                .map(ToolCall::arguments)
                .mapToDouble(arguments -> arguments == null ? 0 : items(arguments))
                .filter(items -> items > 0)
                .sorted()
                .toArray();
        return Arrays.stream(sizes).skip(sizes.length / 2).findFirst().orElse(Double.NaN);
    }

    /** Whether times on data of these sizes say something of each other; also where a size is not known. */
    static boolean comparable(double one, double other) {
        return !(Math.max(one, other) > MOST_TIMES * Math.min(one, other));
    }

    /** Items of the longest list in a JSON text; 0 where there is none. */
    static long items(String json) {
        Deque<long[]> open = new ArrayDeque<>();
        long longest = 0;
        boolean text = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (text) {
                i += c == '\\' ? 1 : 0;
                text = c != '"';
            } else if (c == '[' || c == '{') {
                boolean empty = i + 1 < json.length() && json.charAt(i + 1) == ']';
                open.push(new long[] {c == '[' && !empty ? 1 : 0});
            } else if (c == ',' && !open.isEmpty()) {
                open.element()[0] += open.element()[0] > 0 ? 1 : 0;
            } else if ((c == ']' || c == '}') && !open.isEmpty()) {
                longest = Math.max(longest, open.pop()[0]);
            } else {
                text = c == '"';
            }
        }
        return longest;
    }
}
