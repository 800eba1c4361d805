package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitTest {
    @Test
    void amountsOfTheUsualSizeAreCountedAsExactlyAsNumbersAre() {
        Random random = new Random(1);
        for (double usual : new double[] {1e-6, 0.3, 1, 4000}) {
            Unit unit = Unit.about(usual);
            for (int i = 0; i < 1000; i++) {
                double amount = usual * random.nextGaussian();
                assertThat(unit.amount(unit.count(amount))).isCloseTo(amount, within(1e-13 * usual));
            }
        }
    }

    @Test
    void hundredsOfAmountsBeyondAnyUseHaveASum() {
        Unit unit = Unit.about(1);
        long sum = 0;
        for (int i = 0; i < 500; i++) {
            sum = Math.addExact(sum, unit.count(Double.MAX_VALUE));
        }
        assertThat(unit.amount(sum)).isGreaterThan(500_000);
        assertThat(unit.count(-Double.MAX_VALUE)).isEqualTo(-unit.count(Double.MAX_VALUE));
    }

    @Test
    void whatIsFreeOrUnknownAsAWholeHasAUnitToo() {
        assertThat(Unit.about(0)).isEqualTo(Unit.about(1));
        assertThat(Unit.about(Double.NaN)).isEqualTo(Unit.about(1));
    }
}
