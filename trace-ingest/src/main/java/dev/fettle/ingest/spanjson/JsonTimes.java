package dev.fettle.ingest.spanjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fettle.ingest.span.BadSpanException;
import dev.fettle.ingest.span.Ids;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times and durations as JSON formats record them. */
final class JsonTimes {
    private static final BigDecimal NANOS_FROM = BigDecimal.valueOf(1e17);
    private static final BigDecimal MICROS_FROM = BigDecimal.valueOf(1e14);
    private static final BigDecimal MILLIS_FROM = BigDecimal.valueOf(1e11);

    private JsonTimes() {}

    /** Nanoseconds since 1970, as a number or as text. */
    static @Nullable Long nanos(JsonParser parser) throws IOException, BadSpanException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= 18 + 1) {
            return exact(parser.getDecimalValue(), parser.getText());
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            char[] text = parser.getTextCharacters();
            int from = parser.getTextOffset();
            int length = parser.getTextLength();
            if (length > 0 && length <= 18 + 1) {
                long value = 0;
                int i = from;
                while (i < from + length && text[i] >= '0' && text[i] <= '9') {
                    value = value * 10 + text[i] - '0';
                    i++;
                }
                if (i == from + length && value >= 0) {
                    return value;
                }
            }
        }
        BigDecimal number = number(parser);
        return number == null ? null : exact(number, parser.getText());
    }

    /**
     * A time as ISO-8601 (UTC where it names no zone), or as a number whose size tells its unit: nanoseconds from
     * 10<sup>17</sup>, microseconds from 10<sup>14</sup>, milliseconds from 10<sup>11</sup>, else seconds.
     */
    static @Nullable Long time(JsonParser parser) throws IOException, BadSpanException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = parser.getText();
        if (parser.currentToken() == JsonToken.VALUE_STRING && text.length() >= 10 && text.charAt(4) == '-') {
            return iso(text);
        }
        BigDecimal value = number(parser);
        if (value == null) {
            return null;
        }
        int scale = value.compareTo(NANOS_FROM) >= 0
                ? 0
                : value.compareTo(MICROS_FROM) >= 0 ? 3 : value.compareTo(MILLIS_FROM) >= 0 ? 6 : 9;
        return exact(value.scaleByPowerOfTen(scale), text);
    }

    private static Long iso(String given) throws BadSpanException {
        String text = given.length() > 10 && given.charAt(10) == ' ' ? given.replace(' ', 'T') : given;
        try {
            boolean zoned = text.endsWith("Z")
                    || text.endsWith("z")
                    || text.lastIndexOf('+') > 10
                    || text.lastIndexOf('-') > 10;
            Instant instant = zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), (long) instant.getNano());
        } catch (DateTimeException | ArithmeticException bad) {
            throw notATime(given);
        }
    }

    /** An ISO-8601 duration as nanoseconds. A bare number has no unit and is refused. */
    static @Nullable Long duration(JsonParser parser) throws IOException, BadSpanException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = parser.getText();
        try {
            if (text.length() <= 60 && parser.currentToken() == JsonToken.VALUE_STRING) {
                return Duration.parse(text).toNanos();
            }
        } catch (DateTimeException | ArithmeticException bad) {
            throw notADuration(text);
        }
        throw notADuration(text);
    }

    /** A number of units as nanoseconds. */
    static @Nullable Long duration(JsonParser parser, int powerOfTen) throws IOException, BadSpanException {
        BigDecimal value = number(parser);
        return value == null ? null : exact(value.scaleByPowerOfTen(powerOfTen), parser.getText());
    }

    private static BadSpanException notADuration(String text) {
        return new BadSpanException("the duration (" + Ids.printable(text)
                + ") is not usable; expected ISO-8601 such as PT1.5S, or duration_ms as a number");
    }

    private static BadSpanException notATime(String text) {
        return new BadSpanException("the time (" + Ids.printable(text)
                + ") is not usable; expected ISO-8601, or a number of nanoseconds since 1970");
    }

    private static @Nullable BigDecimal number(JsonParser parser) throws IOException, BadSpanException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = parser.getText();
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() > 40 || (token != JsonToken.VALUE_STRING && !token.isNumeric())) {
            throw notATime(text);
        }
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException notANumber) {
            throw notATime(text);
        }
    }

    private static Long exact(BigDecimal value, String text) throws BadSpanException {
        if (value.precision() - value.scale() > 19L || value.scale() > 1000) {
            throw notATime(text);
        }
        try {
            return value.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        } catch (ArithmeticException outOfRange) {
            throw notATime(text);
        }
    }
}
