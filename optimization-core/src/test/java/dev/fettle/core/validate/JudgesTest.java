package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import dev.fettle.core.validate.FieldRule.Compare;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgesTest {
    private static Judgement exact(Object original, Object candidate) {
        return Judges.DEFAULT.compare(Map.of("out", original), Map.of("out", candidate));
    }

    private static Outcome structural(Object original, Object candidate, FieldRule... rules) {
        return new StructuralJudge()
                .compare(
                        Map.of("out", original), Map.of("out", candidate), new StructuralJudge.Settings(List.of(rules)))
                .outcome();
    }

    @Test
    void theOrderOfKeysAndTheKindOfNumberDoNotMatter() {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("a", 1);
        first.put("b", 2.50);
        Map<String, Object> second = new LinkedHashMap<>();
        second.put("b", 2.5f);
        second.put("a", 1L);

        assertThat(exact(first, second).outcome()).isEqualTo(Outcome.EQUIVALENT);
    }

    @Test
    void numbersThatDifferInTheLastDigitAreDifferent() {
        assertThat(exact(0.1 + 0.2, 0.3).outcome()).isEqualTo(Outcome.DIFFERENT);
        assertThat(exact(9007199254740993L, 9007199254740992L).outcome()).isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void aDifferenceNamesItsPathAndBothValues() {
        assertThat(exact(List.of(Map.of("a", 1)), List.of(Map.of("a", 2))).difference())
                .isEqualTo("out[0].a: 1 became 2");
        assertThat(exact(List.of(1, 2), List.of(1)).difference()).isEqualTo("out: 2 items became 1");
        assertThat(exact(Map.of("a", 1), Map.of()).difference()).isEqualTo("out.a: 1 is missing");
    }

    @Test
    void aMissingKeyIsNotTheSameAsNull() {
        Map<String, Object> holdsNull = new HashMap<>();
        holdsNull.put("a", null);

        assertThat(exact(holdsNull, Map.of()).outcome()).isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void whatIsNotANumberCannotBeCompared() {
        assertThat(exact(Double.NaN, Double.NaN).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(exact(Double.NaN, 1.0).outcome()).isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void aRuleIgnoresAFieldWhereverItsPathFits() {
        List<Object> first = List.of(Map.of("id", "x", "seconds", 1), Map.of("id", "y", "seconds", 2));
        List<Object> second = List.of(Map.of("id", "x", "seconds", 3), Map.of("id", "y"));

        assertThat(structural(first, second)).isEqualTo(Outcome.DIFFERENT);
        assertThat(structural(first, second, new FieldRule("out[*].seconds", Compare.IGNORE, 0)))
                .isEqualTo(Outcome.EQUIVALENT);
        assertThat(structural(first, second, new FieldRule("out[0].seconds", Compare.IGNORE, 0)))
                .isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void aToleranceIsForNumbersOnly() {
        FieldRule rule = new FieldRule("out", Compare.TOLERANCE, 0.01);

        assertThat(structural(1.0, 1.009, rule)).isEqualTo(Outcome.EQUIVALENT);
        assertThat(structural(1.0, 1.02, rule)).isEqualTo(Outcome.DIFFERENT);
        assertThat(structural("1.0", "1.009", rule)).isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void aSetCountsItsElementsAndAppliesRulesInsideThem() {
        FieldRule set = new FieldRule("out", Compare.SET, 0);

        assertThat(structural(List.of("a", "b", "a"), List.of("b", "a", "a"), set))
                .isEqualTo(Outcome.EQUIVALENT);
        assertThat(structural(List.of("a", "b", "a"), List.of("b", "a", "b"), set))
                .isEqualTo(Outcome.DIFFERENT);
        assertThat(structural(
                        List.of(Map.of("k", 1, "t", 5), Map.of("k", 2, "t", 6)),
                        List.of(Map.of("k", 2, "t", 7), Map.of("k", 1, "t", 8)),
                        set,
                        new FieldRule("out[*].t", Compare.IGNORE, 0)))
                .isEqualTo(Outcome.EQUIVALENT);
    }

    @Test
    void aJudgeThatFailsIsInconclusive() {
        EquivalenceJudge broken = new EquivalenceJudge() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Judgement compare(Map<String, Object> original, Map<String, Object> candidate, Record settings) {
                throw new IllegalStateException("no answer");
            }
        };

        Judgement judgement = new Judges(List.of(Judges.Rung.of(broken))).compare(Map.of("a", 1), Map.of("a", 1));

        assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judgement.difference()).contains("'broken' failed: no answer");
    }

    private static Judgement similar(Object original, Object candidate, double threshold) {
        return new TextSimilarityJudge()
                .compare(
                        Map.of("out", original),
                        Map.of("out", candidate),
                        new TextSimilarityJudge.Settings(threshold, 3, true));
    }

    @Test
    void textsAreEqualWhereTheyAreSimilarEnough() {
        String text = "The build is green and all tests pass on both machines.";

        assertThat(similar(text, "the build is  green and all\ntests pass on both machines.", 0.999)
                        .outcome())
                .isEqualTo(Judgement.Outcome.EQUIVALENT);
        assertThat(similar(text, text.replace("machines", "computers"), 0.8).outcome())
                .isEqualTo(Judgement.Outcome.EQUIVALENT);
        assertThat(similar(text, "Nothing works here, and nobody knows why that is so.", 0.8)
                        .difference())
                .startsWith("out: the texts have a similarity of 0.");
        assertThat(similar("", "x", 0.5).outcome()).isEqualTo(Judgement.Outcome.DIFFERENT);
    }

    @Test
    void similarTextsWithOtherNumbersOrOtherValuesAreNot() {
        assertThat(similar("Pay 100.50 EUR to Ann today", "Pay 900.50 EUR to Ann today", 0.5)
                        .difference())
                .isEqualTo("out: the texts hold other numbers");
        assertThat(similar(List.of("a text", 1), List.of("a text", 2), 0.5).difference())
                .isEqualTo("out[1]: 1 became 2");
        assertThat(similar(List.of("a"), List.of("a", "b"), 0.5).outcome()).isEqualTo(Judgement.Outcome.DIFFERENT);
    }
}
