package dev.fettle.examples.reporeview.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EditDistanceTest {
    @Test
    void countsChangesAdditionsAndDrops() {
        assertThat(EditDistance.between("kitten", "sitting")).isEqualTo(3);
        assertThat(EditDistance.between("", "abc")).isEqualTo(3);
        assertThat(EditDistance.between("same", "same")).isZero();
    }

    @Test
    void isAMetric() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            String a = word(random);
            String b = word(random);
            String c = word(random);
            int direct = EditDistance.between(a, b);

            assertThat(direct).isEqualTo(EditDistance.between(b, a));
            assertThat(direct == 0).isEqualTo(a.equals(b));
            assertThat(direct).isLessThanOrEqualTo(EditDistance.between(a, c) + EditDistance.between(c, b));
        }
    }

    private static String word(SplittableRandom random) {
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }
}
