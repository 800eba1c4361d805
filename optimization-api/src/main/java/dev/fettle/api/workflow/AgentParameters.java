package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of agent nodes (and of teams, for their members) that every executor knows. Parameters with other names
 * are the node's own.
 */
@Evolving
public final class AgentParameters {
    /** Sampling temperature, from 0 to 2. Where it is absent the model's server decides. */
    public static final String TEMPERATURE = "temperature";

    /** Nucleus sampling: above 0, at most 1. Where it is absent the model's server decides. */
    public static final String TOP_P = "topP";

    /** Most tokens of one answer, at least 1. */
    public static final String MAX_TOKENS = "maxTokens";

    /** Most calls of the model in one attempt at the node, at least 1; {@link #DEFAULT_MAX_ITERATIONS} where absent. */
    public static final String MAX_ITERATIONS = "maxIterations";

    /** Most tool calls in one attempt at the node, at least 0; no limit where it is absent. */
    public static final String TOOL_BUDGET = "toolBudget";

    /**
     * Most USD that the node may spend in one run, all attempts and iterations together, at least 0; no limit where it is
     * absent. No call is begun once it is spent, so it is exceeded by one call at most.
     */
    public static final String MAX_USD = "maxUsd";

    /** Whether answers are streamed: true or false; false where it is absent. */
    public static final String STREAM = "stream";

    public static final int DEFAULT_MAX_ITERATIONS = 16;

    private static final List<Range> RANGES = List.of(
            new Range(TEMPERATURE, false, 0, 2, "a number from 0 to 2"),
            new Range(TOP_P, false, Double.MIN_VALUE, 1, "a number above 0, at most 1"),
            new Range(MAX_TOKENS, true, 1, Integer.MAX_VALUE, "a whole number of at least 1"),
            new Range(MAX_ITERATIONS, true, 1, Integer.MAX_VALUE, "a whole number of at least 1"),
            new Range(TOOL_BUDGET, true, 0, Integer.MAX_VALUE, "a whole number of at least 0"),
            new Range(MAX_USD, false, 0, Double.MAX_VALUE, "a number of USD of at least 0"));

    private final Map<String, Object> values;

    private AgentParameters(Map<String, Object> values) {
        this.values = values;
    }

    private record Range(String name, boolean whole, double least, double most, String expected) {
        boolean holds(@Nullable Object value) {
            if (!(value instanceof Number number)) {
                return false;
            }
            double amount = number.doubleValue();
            return amount >= least && amount <= most && (!whole || amount == Math.rint(amount));
        }
    }

    /** A view of a node's parameters. */
    public static AgentParameters of(Map<String, Object> parameters) {
        return new AgentParameters(parameters);
    }

    /** What is wrong with well-known parameters, one clause each ("temperature is (3); expected ..."). */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Range range : RANGES) {
            Object value = values.get(range.name());
            if (values.containsKey(range.name()) && !range.holds(value)) {
                problems.add("the parameter " + range.name() + " is (" + value + "); expected " + range.expected());
            }
        }
        Object stream = values.get(STREAM);
        if (values.containsKey(STREAM) && !(stream instanceof Boolean)) {
            problems.add("the parameter " + STREAM + " is (" + stream + "); expected true or false");
        }
        return problems;
    }

    public OptionalDouble temperature() {
        return number(TEMPERATURE);
    }

    public OptionalDouble topP() {
        return number(TOP_P);
    }

    public Optional<Integer> maxTokens() {
        return whole(MAX_TOKENS);
    }

    public int maxIterations() {
        return whole(MAX_ITERATIONS).orElse(DEFAULT_MAX_ITERATIONS);
    }

    public Optional<Integer> toolBudget() {
        return whole(TOOL_BUDGET);
    }

    public OptionalDouble maxUsd() {
        return number(MAX_USD);
    }

    public boolean stream() {
        return Boolean.TRUE.equals(values.get(STREAM));
    }

    private OptionalDouble number(String name) {
        return values.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    private Optional<Integer> whole(String name) {
        return values.get(name) instanceof Number number ? Optional.of(number.intValue()) : Optional.empty();
    }
}
