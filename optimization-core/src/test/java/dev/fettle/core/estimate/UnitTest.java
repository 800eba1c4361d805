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
            Unit unit = Unit.of(usual, 100 * usual);
            for (int i = 0; i < 1000; i++) {
                double amount = usual * random.nextGaussian();
                assertThat(unit.amount(unit.count(amount))).isCloseTo(amount, within(1e-13 * usual));
            }
        }
    }

    @Test
    void theGreatestSumHasRoomHoweverLargeItIs() {
        for (double greatest : new double[] {1, 1e6, 1e12, 1e100}) {
            Unit unit = Unit.of(1, greatest);
            for (double amount : new double[] {greatest, -greatest, 7 * greatest}) {
                assertThat(unit.amount(unit.count(amount))).isCloseTo(amount, within(1e-15 * greatest));
            }
        }
    }

    @Test
    void amountsFarBeyondTheGreatestSumStillHaveOne() {
        Unit unit = Unit.of(1, 1000);
        long sum = 0;
        for (int i = 0; i < 50; i++) {
            sum = Math.addExact(sum, unit.count(Double.MAX_VALUE));
        }
        assertThat(unit.amount(sum)).isGreaterThan(50_000);
        assertThat(unit.count(-Double.MAX_VALUE)).isEqualTo(-unit.count(Double.MAX_VALUE));
    }

    @Test
    void whatIsFreeOrUnknownAsAWholeHasAUnitToo() {
        assertThat(Unit.of(0, 0).count(0)).isZero();
        assertThat(Unit.of(0, 3).amount(Unit.of(0, 3).count(1.5))).isEqualTo(1.5);
        assertThat(Unit.of(Double.NaN, 3).amount(Unit.of(Double.NaN, 3).count(1.5)))
                .isEqualTo(1.5);
    }
}
