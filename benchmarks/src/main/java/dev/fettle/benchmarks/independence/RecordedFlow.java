package dev.fettle.benchmarks.independence;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether recorded values flow from one call to a later one. It looks at texts of the file alone and knows nothing of
 * Fettle's workflows: either something that the earlier call returned stands in the later call's arguments, or a model was
 * asked in between, in the same agent, with what the earlier call returned. Where the prompt of such a model call was taken
 * out of the file, it counts as having held that: agents keep what their calls return.
 */
final class RecordedFlow {
    /** Shorter pieces stand in arguments by chance. */
    private static final int TELLING = 8;

    /** How files say that they hold no text but its hash. */
    private static final String TAKEN_OUT = "redacted:";

    private static final Pattern BETWEEN_PIECES = Pattern.compile("[\\s\"'<>()\\[\\]{}|,;]+");

    private final List<RawSpan> trace;

    /** @param trace all spans of one trace */
    RecordedFlow(List<RawSpan> trace) {
        this.trace = trace;
    }

    /** What shows that the later call needs the earlier one; null where nothing does. */
    @Nullable
    String shown(RawSpan earlier, RawSpan later) {
        String output = earlier.output();
        if (output == null || output.isBlank()) {
            return null;
        }
        String piece = pieceIn(output, later.inputs());
        if (piece != null) {
            return "(" + piece + "), which it returned, is among the arguments";
        }
        for (RawSpan asked : trace) {
            boolean between = asked.kind().equals("LLM")
                    && asked.within().equals(later.within())
                    && !asked.start().isBefore(earlier.end())
                    && !asked.end().isAfter(later.start());
            if (between && asked.inputs().stream().anyMatch(input -> input.contains(output))) {
                return "what it returned was in the prompt of the model call (" + asked.id() + ") in between";
            }
            if (between && asked.inputs().stream().anyMatch(input -> input.startsWith(TAKEN_OUT))) {
                return "the model call (" + asked.id()
                        + ") in between may have seen what it returned; its prompt is not" + " in the file";
            }
        }
        return null;
    }

    private static @Nullable String pieceIn(String output, List<String> inputs) {
        Set<String> pieces = new LinkedHashSet<>();
        pieces.add(output.strip());
        pieces.addAll(BETWEEN_PIECES.splitAsStream(output).toList());
        for (String piece : pieces) {
            if (piece.length() >= TELLING && inputs.stream().anyMatch(input -> input.contains(piece))) {
                return piece;
            }
        }
        return null;
    }
}
