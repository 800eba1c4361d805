package dev.fettle.core.definition;

import dev.fettle.api.NearestName;
import dev.fettle.core.definition.YamlValue.Mapping;
import dev.fettle.core.definition.YamlValue.Scalar;
import dev.fettle.core.definition.YamlValue.Sequence;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Typed access to a mapping. What does not fit is reported, and a harmless value takes its place so that reading goes on. */
final class Fields {
    private static final Pattern SHORT_DURATION =
            Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)\\s*(ns|us|ms|s|m|h|d)");

    private final Mapping mapping;
    private final Problems problems;
    private final Set<String> seen = new LinkedHashSet<>();
    private final Set<String> refused = new LinkedHashSet<>();

    private Fields(Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The fields of a value that should be a mapping; null where it is not, which is reported. */
    static @Nullable Fields of(YamlValue value, String what, Problems problems) {
        if (value instanceof Mapping mapping) {
            return new Fields(mapping, problems);
        }
        problems.add(value.place(), what + " is " + describe(value) + "; expected a mapping");
        return null;
    }

    Place place() {
        return mapping.place();
    }

    Place place(String key) {
        YamlValue value = mapping.entries().get(key);
        return value == null ? mapping.place() : value.place();
    }

    /** The value; null where the key is absent or its value is null. */
    @Nullable
    YamlValue get(String key) {
        seen.add(key);
        YamlValue value = mapping.entries().get(key);
        return value instanceof Scalar scalar && scalar.value() == null ? null : value;
    }

    /** Whether there is a value of this key, which is for no such mapping: it is not expected, and not reported again. */
    boolean hasRefused(String key) {
        refused.add(key);
        YamlValue value = mapping.entries().get(key);
        return value != null && !(value instanceof Scalar scalar && scalar.value() == null);
    }

    /** Reports the keys that nobody asked for. */
    void rejectUnknown() {
        mapping.keys().forEach((key, place) -> {
            if (!seen.contains(key) && !refused.contains(key)) {
                problems.add(place, "the key (" + key + ") is not known here" + NearestName.hint(key, seen));
            }
        });
    }

    private static String describe(YamlValue value) {
        if (value instanceof Scalar scalar) {
            return scalar.value() == null ? "empty" : "(" + abbreviate(scalar.text()) + ")";
        }
        return value instanceof Sequence ? "a list" : "a mapping";
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private void wrong(String key, YamlValue value, String expected) {
        problems.add(value.place(), key + " is " + describe(value) + "; expected " + expected);
    }

    @Nullable
    String text(String key) {
        YamlValue value = get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Scalar scalar) {
            return scalar.text();
        }
        wrong(key, value, "a text");
        return null;
    }

    String text(String key, String missing) {
        String value = text(key);
        return value == null ? missing : value;
    }

    String required(String key) {
        YamlValue value = get(key);
        if (value == null) {
            problems.add(mapping.place(), "the key (" + key + ") is missing");
            return "";
        }
        String text = text(key);
        return text == null ? "" : text;
    }

    <E extends Enum<E>> @Nullable E word(String key, Class<E> type) {
        YamlValue value = get(key);
        if (value == null) {
            return null;
        }
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int index = value instanceof Scalar scalar
                ? words.indexOf(scalar.text().toLowerCase(Locale.ROOT).replace('_', '-'))
                : -1;
        if (index < 0) {
            wrong(key, value, "one of " + words);
            return null;
        }
        return type.getEnumConstants()[index];
    }

    boolean flag(String key) {
        YamlValue value = get(key);
        if (value == null) {
            return false;
        }
        if (value instanceof Scalar scalar && scalar.value() instanceof Boolean flag) {
            return flag;
        }
        wrong(key, value, "true or false");
        return false;
    }

    @Nullable
    Long integer(String key, long least, long most) {
        YamlValue value = get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Scalar scalar
                && (scalar.value() instanceof Integer || scalar.value() instanceof Long)
                && scalar.value() instanceof Number number
                && number.longValue() >= least
                && number.longValue() <= most) {
            return number.longValue();
        }
        wrong(key, value, "a whole number from " + least + " to " + most);
        return null;
    }

    double number(String key, double least, double most, double missing) {
        YamlValue value = get(key);
        if (value == null) {
            return missing;
        }
        if (value instanceof Scalar scalar
                && scalar.value() instanceof Number number
                && number.doubleValue() >= least
                && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        wrong(key, value, "a number from " + least + (most == Double.MAX_VALUE ? " up" : " to " + most));
        return missing;
    }

    @Nullable
    BigDecimal money(String key) {
        YamlValue value = get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Scalar scalar && scalar.value() instanceof Number) {
            BigDecimal amount = new BigDecimal(scalar.text().strip());
            if (amount.signum() >= 0) {
                return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
            }
        }
        wrong(key, value, "an amount of USD of at least 0");
        return null;
    }

    @Nullable
    Duration duration(String key) {
        YamlValue value = get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Scalar scalar) {
            Duration parsed = parseDuration(scalar.text().strip());
            if (parsed != null && !parsed.isNegative()) {
                return parsed;
            }
        }
        wrong(key, value, "a duration such as 500ms, 30s, 2m, 1h or PT30S");
        return null;
    }

    static @Nullable Duration parseDuration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        if (matcher.matches()) {
            long unit =
                    switch (matcher.group(2)) {
                        case "ns" -> 1L;
                        case "us" -> 1_000L;
                        case "ms" -> 1_000_000L;
                        case "s" -> 1_000_000_000L;
                        case "m" -> 60_000_000_000L;
                        case "h" -> 3_600_000_000_000L;
                        default -> 86_400_000_000_000L;
                    };
            BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
            return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? null : Duration.ofNanos(nanos.longValue());
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Texts; a single text counts as a list of one. */
    List<String> texts(String key) {
        YamlValue value = get(key);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        List<YamlValue> items = value instanceof Sequence sequence ? sequence.items() : List.of(value);
        for (YamlValue item : items) {
            if (item instanceof Scalar scalar && scalar.value() != null) {
                texts.add(scalar.text());
            } else {
                wrong(key, item, "a text");
            }
        }
        return texts;
    }

    Map<String, String> textMap(String key) {
        YamlValue value = get(key);
        Map<String, String> map = new LinkedHashMap<>();
        if (value instanceof Mapping entries) {
            entries.entries().forEach((name, item) -> {
                if (item instanceof Scalar scalar && scalar.value() != null) {
                    map.put(name, scalar.text());
                } else {
                    wrong(key + "." + name, item, "a text");
                }
            });
        } else if (value != null) {
            wrong(key, value, "a mapping");
        }
        return map;
    }

    /** A mapping of JSON values; null values are left out. */
    Map<String, Object> values(String key) {
        YamlValue value = get(key);
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Mapping entries) {
            entries.plain().forEach((name, item) -> {
                if (item != null) {
                    map.put(name, item);
                }
            });
        } else if (value != null) {
            wrong(key, value, "a mapping");
        }
        return map;
    }

    /** Reads a list of mappings. */
    <T> List<T> list(String key, Function<Fields, @Nullable T> read) {
        YamlValue value = get(key);
        List<T> items = new ArrayList<>();
        if (value instanceof Sequence sequence) {
            for (YamlValue item : sequence.items()) {
                Fields fields = of(item, "an entry of " + key, problems);
                T result = fields == null ? null : read.apply(fields);
                if (result != null) {
                    items.add(result);
                }
            }
        } else if (value != null) {
            wrong(key, value, "a list");
        }
        return items;
    }

    /** Reads one nested mapping. */
    <T> @Nullable T nested(String key, Function<Fields, @Nullable T> read) {
        YamlValue value = get(key);
        Fields fields = value == null ? null : of(value, key, problems);
        return fields == null ? null : read.apply(fields);
    }
}
