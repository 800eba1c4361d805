package dev.fettle.strategies.advanced.model;

/**
 * How much a node asks of its model. The limits are heuristics, a prior that recorded outcomes override:
 *
 * <table>
 * <caption>Complexity by the mean tokens of a call</caption>
 * <tr><td>simple</td><td>under 500 in and under 200 out</td></tr>
 * <tr><td>medium</td><td>up to 2000 in and up to 1000 out</td></tr>
 * <tr><td>complex</td><td>more</td></tr>
 * </table>
 *
 * Whoever calls tools needs at least the medium kind; more than three tool calls an occurrence, or more than one failure in
 * five, are one level up.
 */
enum Complexity {
    SIMPLE,
    MEDIUM,
    COMPLEX;

    private static final double MANY_TOOL_CALLS = 3;
    private static final double OFTEN_FAILED = 0.2;

    static Complexity of(NodeUse use) {
        Complexity byTokens = byTokens(use.inputTokens(), use.outputTokens());
        Complexity level = use.toolCalls() > 0 && byTokens == SIMPLE ? MEDIUM : byTokens;
        boolean harder = use.toolCalls() > MANY_TOOL_CALLS || use.success().value() < 1 - OFTEN_FAILED;
        return harder ? level.next() : level;
    }

    private static Complexity byTokens(double input, double output) {
        if (input < 500 && output < 200) {
            return SIMPLE;
        }
        return input <= 2000 && output <= 1000 ? MEDIUM : COMPLEX;
    }

    private Complexity next() {
        return this == SIMPLE ? MEDIUM : COMPLEX;
    }

    /** As in {@code simple}. */
    String word() {
        return switch (this) {
            case SIMPLE -> "simple";
            case MEDIUM -> "medium";
            case COMPLEX -> "complex";
        };
    }
}
