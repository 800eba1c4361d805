package dev.fettle.benchmarks.choicedag;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the lines of an instance and says which line is wrong. */
final class ChoiceDagReader {
    private static final int MOST_NODES = 1_000_000;
    private static final int MOST_OPTIONS = 10_000;

    private final Path file;
    private final BufferedReader lines;
    private int line;

    /** Of a value: so that the sum over all nodes is a whole number that is known exactly. */
    private static final long GREATEST = 1_000_000_000_000L;

    ChoiceDagReader(Path file, BufferedReader lines) {
        this.file = file;
        this.lines = lines;
    }

    ChoiceDag read() throws IOException {
        long[] head = numbers(6);
        int nodes = count(head[0], MOST_NODES);
        int width = count(head[1], MOST_OPTIONS);
        require(head[5] > 0, "the scale is (" + head[5] + "); expected a number above 0");
        require(
                head[2] >= 0 && head[3] >= 0 && head[4] >= 0 && head[2] + (double) head[3] + head[4] > 0,
                "the weights are (" + head[2] + " " + head[3] + " " + head[4]
                        + "); expected numbers from 0, and one above it");
        List<int[]> parents = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            parents.add(parents(node));
        }
        List<List<ChoiceDag.Option>> options = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            List<ChoiceDag.Option> own = new ArrayList<>();
            for (int option = 0; option < width; option++) {
                long[] values = numbers(3);
                for (long value : values) {
                    require(
                            value >= 0 && value <= GREATEST,
                            "a value is (" + value + "); expected a number from 0 to " + GREATEST);
                }
                own.add(new ChoiceDag.Option(values[0], values[1], values[2]));
            }
            options.add(List.copyOf(own));
        }
        require(
                options.stream().flatMap(List::stream).anyMatch(option -> weighs(option, head)),
                "all values that have a weight are 0; expected some that make a difference");
        requireEnd(nodes, width);
        return new ChoiceDag(head[2], head[3], head[4], head[5], List.copyOf(parents), List.copyOf(options));
    }

    private static boolean weighs(ChoiceDag.Option option, long[] head) {
        return (head[2] > 0 && option.duration() > 0)
                || (head[3] > 0 && option.cost() > 0)
                || (head[4] > 0 && option.quality() > 0);
    }

    private int[] parents(int node) throws IOException {
        long[] values = numbers(-1);
        require(values.length > 0 && values[0] == values.length - 1, "the count of parents is not that of the numbers");
        int[] parents = new int[values.length - 1];
        for (int i = 0; i < parents.length; i++) {
            long parent = values[i + 1];
            require(
                    parent >= 0 && parent < node,
                    "the parent (" + parent + ") of node " + node + " is not an earlier node");
            parents[i] = (int) parent;
        }
        return parents;
    }

    private int count(long value, int most) {
        require(value >= 1 && value <= most, "a count is (" + value + "); expected a number from 1 to " + most);
        return (int) value;
    }

    /**
     * @param expected how many numbers the line must have; -1 for any
     */
    private long[] numbers(int expected) throws IOException {
        String text = lines.readLine();
        line++;
        require(text != null, "the file ends here");
        try {
            long[] numbers = Arrays.stream(String.valueOf(text).trim().split("\\s+", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            require(
                    expected < 0 || numbers.length == expected,
                    "there are " + numbers.length + " numbers; expected " + expected);
            return numbers;
        } catch (NumberFormatException e) {
            throw problem("(" + text + ") holds something other than whole numbers");
        }
    }

    /** What follows would be left aside in silence, and the counts may be those of another instance. */
    private void requireEnd(int nodes, int width) throws IOException {
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            line++;
            require(
                    text.isBlank(),
                    "there is more (" + text + "); expected the end after " + nodes + " nodes of " + width
                            + " options");
        }
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw problem(problem);
        }
    }

    private FettleException problem(String problem) {
        return new FettleException(
                ErrorCode.BAD_INPUT, "(" + file + ") is not an instance of choice-dag: line " + line + ": " + problem);
    }
}
