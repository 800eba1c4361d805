package dev.fettle.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ErrorTrendTest {
    private static double pValue(long seed, int runs, double firstRate, double lastRate) {
        SplittableRandom random = new SplittableRandom(seed);
        ErrorTrend trend = new ErrorTrend();
        for (int i = 0; i < runs; i++) {
            double rate = firstRate + (lastRate - firstRate) * i / (runs - 1);
            trend.add(1_700_000_000_000L + i * 3_600_000L, random.nextDouble() < rate);
        }
        return trend.pValue();
    }

    @Test
    void false_alarms_at_a_constant_rate_are_as_frequent_as_the_level_says() {
        int alarms = 0;
        int tests = 2000;
        for (int seed = 0; seed < tests; seed++) {
            if (pValue(seed, 200, 0.2, 0.2) < 0.05) {
                alarms++;
            }
        }
        // standard error of the rate is 0.005
        assertThat((double) alarms / tests).isCloseTo(0.05, within(0.02));
    }

    @Test
    void a_rise_is_found_and_a_fall_is_not() {
        int risesFound = 0;
        int fallsFound = 0;
        for (int seed = 0; seed < 200; seed++) {
            risesFound += pValue(seed, 200, 0.05, 0.4) < 0.01 ? 1 : 0;
            fallsFound += pValue(seed, 200, 0.4, 0.05) < 0.2 ? 1 : 0;
        }
        assertThat(risesFound).isGreaterThan(160);
        assertThat(fallsFound).isZero();
    }

    @Test
    void few_failures_tell_nothing() {
        ErrorTrend trend = new ErrorTrend();
        for (int i = 0; i < 100; i++) {
            trend.add(i, i > 96);
        }
        assertThat(trend.pValue()).isNaN();
    }

    @Test
    void runs_at_one_time_have_no_order() {
        ErrorTrend trend = new ErrorTrend();
        for (int i = 0; i < 100; i++) {
            trend.add(5, i % 2 == 0);
        }
        assertThat(trend.pValue()).isNaN();
    }
}
