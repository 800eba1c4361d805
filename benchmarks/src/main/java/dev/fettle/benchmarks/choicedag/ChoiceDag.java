package dev.fettle.benchmarks.choicedag;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An instance: nodes in topological order, each with options of (duration, cost, quality). The score of a choice is
 * {@code (durationWeight * makespan + costWeight * sum of costs - qualityWeight * sum of qualities) / scale}.
 *
 * @param parents by node
 * @param options by node and option
 */
public record ChoiceDag(
        long durationWeight,
        long costWeight,
        long qualityWeight,
        long scale,
        List<int[]> parents,
        List<List<Option>> options) {

    /** What a node takes and gives with one of its options. */
    public record Option(long duration, long cost, long quality) {}

    /**
     * Reads an instance: a line {@code n k A B C S}, n lines with a count and as many parents, n * k lines
     * {@code duration cost quality}.
     *
     * @throws FettleException where the file cannot be read or is not of this form
     */
    public static ChoiceDag read(Path file) {
        // a reader of Files would throw at bytes that are no text, without naming the line
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.US_ASCII))) {
            return new ChoiceDagReader(file, reader).read();
        } catch (IOException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "(" + file + ") cannot be read: " + e.getMessage() + "; expected an instance",
                    e);
        }
    }

    public int nodes() {
        return parents.size();
    }

    /** The score of one choice for each node, from integers: exact up to the last rounding. */
    public double score(int[] choices) {
        long[] objectives = objectives(choices);
        return BigDecimal.valueOf(durationWeight)
                .multiply(BigDecimal.valueOf(objectives[0]))
                .add(BigDecimal.valueOf(costWeight).multiply(BigDecimal.valueOf(objectives[1])))
                .add(BigDecimal.valueOf(qualityWeight).multiply(BigDecimal.valueOf(objectives[2])))
                .divide(BigDecimal.valueOf(scale), MathContext.DECIMAL64)
                .doubleValue();
    }

    /** Makespan, sum of costs and negated sum of qualities of one choice for each node: each is to be minimized. */
    public long[] objectives(int[] choices) {
        long[] ends = new long[nodes()];
        long makespan = 0;
        long cost = 0;
        long quality = 0;
        for (int node = 0; node < ends.length; node++) {
            Option option = options.get(node).get(choices[node]);
            long start = 0;
            for (int parent : parents.get(node)) {
                start = Math.max(start, ends[parent]);
            }
            ends[node] = start + option.duration();
            makespan = Math.max(makespan, ends[node]);
            cost += option.cost();
            quality += option.quality();
        }
        return new long[] {makespan, cost, -quality};
    }
}
