package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.workflow.Comparison;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A condition that compares a state key with a constant. */
final class ComparisonCode implements NodeCode {
    private final Comparison comparison;

    ComparisonCode(Comparison comparison) {
        this.comparison = comparison;
    }

    @Override
    public Map<String, @Nullable Object> run(Attempt attempt) throws NotJsonException {
        Object value = attempt.state().get(comparison.key());
        return Map.of(NodeRunner.LABEL, Boolean.toString(holds(value)));
    }

    boolean holds(@Nullable Object value) throws NotJsonException {
        return switch (comparison.operator()) {
            case EQUALS -> equal(value);
            case NOT_EQUALS -> !equal(value);
            case LESS_THAN -> order(value) < 0;
            case AT_MOST -> order(value) <= 0;
            case GREATER_THAN -> order(value) > 0;
            case AT_LEAST -> order(value) >= 0;
            case PRESENT -> present(value);
        };
    }

    private boolean equal(@Nullable Object value) throws NotJsonException {
        return CanonicalJson.text(value).equals(CanonicalJson.text(comparison.value()));
    }

    private int order(@Nullable Object value) {
        if (value instanceof Number left && comparison.value() instanceof Number right) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
        }
        throw new FettleException(
                ErrorCode.EXECUTION,
                "it compares the key (" + comparison.key() + ") with (" + comparison.value() + ") by "
                        + comparison.operator() + ", and the key holds " + describe(value)
                        + "; expected numbers on both sides");
    }

    private static String describe(@Nullable Object value) {
        return value == null ? "nothing" : "a " + value.getClass().getSimpleName();
    }

    private static boolean present(@Nullable Object value) {
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value instanceof Number || Boolean.TRUE.equals(value);
    }
}
