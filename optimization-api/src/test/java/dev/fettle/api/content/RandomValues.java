package dev.fettle.api.content;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Seeded JSON values, small ones often, so that some are equal. */
final class RandomValues {
    private RandomValues() {}

    static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(1 + random.nextInt(0x10000)));
        }
        return text.toString();
    }

    static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(50);
            case 3 -> random.nextBoolean() ? (Object) (double) random.nextInt(50) : random.nextGaussian();
            case 4 -> new BigDecimal(random.nextInt(50)).movePointRight(random.nextInt(3) - 1);
            case 5 -> random.nextBoolean() ? Integer.toString(random.nextInt(50)) : text(random, random.nextInt(4));
            case 6 -> list(random, depth);
            default -> map(random, depth);
        };
    }

    private static List<@Nullable Object> list(Random random, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(random, depth - 1));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Random random, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(Integer.toString(random.nextInt(4)), value(random, depth - 1));
        }
        return map;
    }
}
