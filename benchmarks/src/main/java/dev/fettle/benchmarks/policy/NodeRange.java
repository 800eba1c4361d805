package dev.fettle.benchmarks.policy;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;

/** From how many to how many nodes. */
record NodeRange(int fewest, int most) {
    private static final int FEWEST = 4;
    private static final int MOST = 1000;

    /** Reads {@code 8..30}. */
    static NodeRange parse(String text) {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length == 2 && ends[0].matches("\\d{1,4}") && ends[1].matches("\\d{1,4}")) {
            NodeRange range = new NodeRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
            if (range.fewest >= FEWEST && range.most >= range.fewest && range.most <= MOST) {
                return range;
            }
        }
        throw new FettleException(
                ErrorCode.USAGE,
                "the sizes (" + text + ") are not usable; expected two numbers from " + FEWEST + " to " + MOST
                        + ", such as 8..30");
    }

    GeneratedProblems problems(long seed) {
        return new GeneratedProblems(seed, fewest, most);
    }
}
