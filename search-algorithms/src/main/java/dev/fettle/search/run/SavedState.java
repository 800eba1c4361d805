package dev.fettle.search.run;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The state of a search as flat JSON: names with a number, or with a list of numbers. Numbers survive bit for bit.
 * Infinity, which JSON lacks, is written as {@code 1e999}.
 */
public final class SavedState {
    private final String algorithm;
    private final Map<String, String> values = new LinkedHashMap<>();

    public SavedState(String algorithm) {
        this.algorithm = algorithm;
    }

    public SavedState with(String name, long value) {
        values.put(name, Long.toString(value));
        return this;
    }

    public SavedState with(String name, double value) {
        values.put(name, json(value));
        return this;
    }

    public SavedState with(String name, int[] list) {
        values.put(name, Arrays.stream(list).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    public SavedState with(String name, double[] list) {
        values.put(name, Arrays.stream(list).mapToObj(SavedState::json).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    public long number(String name) {
        return parsed(name, Long::parseLong);
    }

    public double real(String name) {
        return parsed(name, SavedState::parseReal);
    }

    public int[] integers(String name) {
        return parsed(name, text -> elements(text).mapToInt(Integer::parseInt).toArray());
    }

    public double[] reals(String name) {
        return parsed(
                name, text -> elements(text).mapToDouble(SavedState::parseReal).toArray());
    }

    /**
     * Candidates, one after another in one list.
     *
     * @throws FettleException where one does not fit the space
     */
    public List<int[]> candidates(String name, Space space) {
        int[] all = integers(name);
        List<int[]> candidates = IntStream.range(0, all.length / space.size())
                .mapToObj(i -> Arrays.copyOfRange(all, i * space.size(), (i + 1) * space.size()))
                .toList();
        if (all.length % space.size() != 0 || !candidates.stream().allMatch(space::contains)) {
            throw unusable(algorithm, json());
        }
        return candidates;
    }

    public String json() {
        return values.entrySet().stream()
                .map(value -> ",\"" + value.getKey() + "\":" + value.getValue())
                .collect(Collectors.joining("", "{\"algorithm\":\"" + algorithm + "\"", "}"));
    }

    /**
     * Reads what {@link #json} wrote, blanks allowed.
     *
     * @throws FettleException where it is something else, or of another algorithm
     */
    public static SavedState parse(String algorithm, String json) {
        String text = json.replaceAll("\\s", "");
        String head = "{\"algorithm\":\"" + algorithm + "\"";
        if (!text.startsWith(head) || !text.endsWith("}")) {
            throw unusable(algorithm, json);
        }
        SavedState state = new SavedState(algorithm);
        String body = text.substring(head.length(), text.length() - 1);
        for (String member : body.isEmpty() ? new String[0] : body.substring(1).split(",(?=\")", -1)) {
            int colon = member.indexOf("\":");
            if (colon < 1) {
                throw unusable(algorithm, json);
            }
            state.values.put(member.substring(1, colon), member.substring(colon + 2));
        }
        return state;
    }

    private <T> T parsed(String name, java.util.function.Function<String, T> reader) {
        String text = values.get(name);
        if (text == null) {
            throw unusable(algorithm, json());
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException notOfThisKind) {
            throw unusable(algorithm, json());
        }
    }

    private static java.util.stream.Stream<String> elements(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            throw new IllegalArgumentException(text);
        }
        String inner = text.substring(1, text.length() - 1);
        return inner.isEmpty() ? java.util.stream.Stream.empty() : Arrays.stream(inner.split(",", -1));
    }

    private static double parseReal(String text) {
        double value = Double.parseDouble(text);
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static String json(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("not a number in the state of a search");
        }
        return Double.isInfinite(value) ? (value > 0 ? "1e999" : "-1e999") : Double.toString(value);
    }

    private static FettleException unusable(String algorithm, String json) {
        String shown = json.length() > 80 ? json.substring(0, 80) + "..." : json;
        return new FettleException(
                ErrorCode.BAD_INPUT,
                "The saved search state (" + shown + ") is not one that \"" + algorithm
                        + "\" wrote for this problem; start without it, or give the state of the same search.");
    }
}
