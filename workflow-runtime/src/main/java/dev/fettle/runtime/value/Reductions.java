package dev.fettle.runtime.value;

import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.workflow.NodeBody.Reducer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one value of two writes to one key. */
public final class Reductions {
    private Reductions() {}

    /**
     * The reduced value.
     *
     * @throws NotJsonException where the reducer does not fit the values
     */
    public static StateValue reduce(Reducer reducer, StateValue earlier, StateValue later) throws NotJsonException {
        return switch (reducer) {
            case LAST -> later;
            case APPEND -> StateValue.of(append(earlier.value(), later.value()));
            case MERGE -> StateValue.of(merge(earlier.value(), later.value()));
            case SUM -> StateValue.of(sum(earlier.value(), later.value()));
        };
    }

    private static Object append(@Nullable Object earlier, @Nullable Object later) throws NotJsonException {
        if (earlier instanceof List<?> first && later instanceof List<?> second) {
            List<@Nullable Object> all = new ArrayList<>(first.size() + second.size());
            all.addAll(first);
            all.addAll(second);
            return all;
        }
        throw unfit("append", "two lists", earlier, later);
    }

    private static Object merge(@Nullable Object earlier, @Nullable Object later) throws NotJsonException {
        if (earlier instanceof Map<?, ?> first && later instanceof Map<?, ?> second) {
            Map<@Nullable Object, @Nullable Object> all = new LinkedHashMap<>(first);
            all.putAll(second);
            return all;
        }
        throw unfit("merge", "two maps", earlier, later);
    }

    private static Object sum(@Nullable Object earlier, @Nullable Object later) throws NotJsonException {
        if (earlier instanceof Number first && later instanceof Number second) {
            if (isWhole(first) && isWhole(second)) {
                BigInteger whole = new BigInteger(first.toString()).add(new BigInteger(second.toString()));
                return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
            }
            if (first instanceof BigDecimal || second instanceof BigDecimal) {
                return new BigDecimal(first.toString()).add(new BigDecimal(second.toString()));
            }
            return first.doubleValue() + second.doubleValue();
        }
        throw unfit("sum", "two numbers", earlier, later);
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof BigInteger;
    }

    private static NotJsonException unfit(
            String reducer, String expected, @Nullable Object earlier, @Nullable Object later) {
        return new NotJsonException(
                "the reducer " + reducer + " needs " + expected + "; got " + kind(earlier) + " and " + kind(later));
    }

    private static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof Map
                ? "a map"
                : value instanceof List
                        ? "a list"
                        : value instanceof Number
                                ? "a number"
                                : value instanceof String
                                        ? "a text"
                                        : "a " + value.getClass().getSimpleName();
    }
}
