package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.core.validate.EffectDifference.Kind;
import dev.fettle.core.validate.EffectTrail.Act;
import dev.fettle.core.validate.EffectTrail.Write;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EffectDifferenceTest {
    private static final Act MAIL_A = new Act("tell", "mail", "a");
    private static final Act MAIL_B = new Act("tell_shop", "mail", "b");
    private static final Act CHARGE = new Act("charge", null, "c");

    private static EffectTrail trail(Act... acts) {
        return new EffectTrail(List.of(acts), List.of());
    }

    private static EffectDifference between(EffectTrail one, EffectTrail other) {
        return EffectDifference.between(one, other, (first, second) -> true);
    }

    @Test
    void theSameEffectsInTheSameOrderAreTheSame() {
        assertThat(between(trail(CHARGE, MAIL_A, MAIL_B), trail(CHARGE, MAIL_A, MAIL_B))
                        .kind())
                .isEqualTo(Kind.SAME);
    }

    @Test
    void aSecondMailAndALostOneAreFound() {
        EffectDifference twice = between(trail(MAIL_A), trail(MAIL_A, MAIL_A));
        assertThat(twice.kind()).isEqualTo(Kind.SET);
        assertThat(twice.text()).contains("tool 'mail' by node 'tell'").contains("1 times, and 2 times");
        assertThat(between(trail(MAIL_A, MAIL_B), trail(MAIL_A)).kind()).isEqualTo(Kind.SET);
        assertThat(between(trail(), trail(CHARGE)).kind()).isEqualTo(Kind.SET);
        assertThat(between(trail(MAIL_A), trail(new Act("tell", "mail", "other")))
                        .kind())
                .isEqualTo(Kind.SET);
    }

    @Test
    void theOrderOfOneToolsCallsCountsWhereTheOriginalHasOne() {
        EffectTrail before = trail(MAIL_A, MAIL_B);
        EffectTrail after = trail(MAIL_B, MAIL_A);

        assertThat(between(before, after).kind()).isEqualTo(Kind.ORDER);
        assertThat(EffectDifference.between(before, after, (first, second) -> false)
                        .kind())
                .isEqualTo(Kind.SAME);
        assertThat(between(trail(MAIL_A, CHARGE), trail(CHARGE, MAIL_A)).kind()).isEqualTo(Kind.SAME);
    }

    private static EffectTrail writes(String... values) {
        return new EffectTrail(
                List.of(),
                Stream.of(values)
                        .map(value -> new Write("put", "tool 'store'", "the call of 'store' with arguments " + value))
                        .toList());
    }

    @Test
    void whatIsWrittenLastCounts() {
        assertThat(between(writes("1", "2", "1"), writes("1", "2")).kind()).isEqualTo(Kind.ORDER);
        assertThat(between(writes("1", "2", "1"), writes("1", "1", "2")).kind()).isEqualTo(Kind.ORDER);
        assertThat(between(writes("1", "1", "2"), writes("1", "2")).kind()).isEqualTo(Kind.SAME);
    }

    private static Write write(String node, String what) {
        return new Write(node, "tool 'store'", what);
    }

    /** That a node beside them comes when it likes says nothing of the order of one node's own writes. */
    @Test
    void theOrderOfOneNodesWritesCountsBesideAnotherNode() {
        EffectTrail before = new EffectTrail(List.of(), List.of(write("n", "a"), write("m", "c"), write("n", "b")));
        EffectTrail after = new EffectTrail(List.of(), List.of(write("n", "b"), write("n", "a"), write("m", "c")));
        EffectTrail other = new EffectTrail(List.of(), List.of(write("m", "c"), write("n", "a"), write("n", "b")));

        assertThat(EffectDifference.between(before, after, (first, second) -> false)
                        .kind())
                .isEqualTo(Kind.ORDER);
        assertThat(EffectDifference.between(before, other, (first, second) -> false)
                        .kind())
                .isEqualTo(Kind.SAME);
    }

    /** Another node does for both what each did. */
    @Test
    void writesThatWereMergedIntoOneNodesAreTheSame() {
        EffectTrail before = new EffectTrail(List.of(), List.of(write("n", "a"), write("m", "a")));
        EffectTrail after = new EffectTrail(List.of(), List.of(write("n", "a")));

        assertThat(EffectDifference.between(before, after, (first, second) -> false)
                        .kind())
                .isEqualTo(Kind.SAME);
    }

    @Test
    void anIdempotentEffectMayHappenOnceForTwiceAndNotForNever() {
        EffectTrail write = writes("x");
        EffectTrail twice = writes("x", "x");

        assertThat(between(write, write).kind()).isEqualTo(Kind.SAME);
        assertThat(between(twice, write).kind()).isEqualTo(Kind.SAME);
        assertThat(between(write, twice).kind()).isEqualTo(Kind.SAME);
        assertThat(between(write, EffectTrail.NONE).text()).contains("is not done any more");
        assertThat(between(EffectTrail.NONE, write).text()).contains("was not done before");
    }
}
