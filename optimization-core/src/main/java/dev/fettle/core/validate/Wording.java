package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import dev.fettle.core.validate.AskedAgain.Compared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sentences of a verdict. */
final class Wording {
    private Wording() {}

    static String equality(Findings findings) {
        Findings.Count equality = findings.equality();
        Findings.Count noise = findings.noise();
        String text = equality.bad() == 0
                ? "0 of " + equality.total() + " outputs differ" + bounded(equality.total(), findings.inputs())
                : equality.bad() + " of " + equality.total() + " outputs differ"
                        + (equality.inconclusive() > 0 ? " or could not be judged" : "");
        String floor =
                noise.total() == 0 ? "; no noise floor was measured" : "; of the original against itself " + of(noise);
        return text + floor + again(equality, findings.again(AskedAgain::outputs));
    }

    /** Asking the same again says little of what else could be asked, so different inputs are what counts. */
    private static String bounded(int total, int inputs) {
        if (bound(inputs) >= 1) {
            return ", on " + inputs(inputs) + ", which are too few to say how many others would";
        }
        String most = ": at most " + percent(bound(inputs));
        return inputs == total
                ? most + " would, at 95 %"
                : ", on " + inputs(inputs) + most + " of inputs would, at 95 %";
    }

    static String inputs(int inputs) {
        return inputs + (inputs == 1 ? " input" : " different inputs");
    }

    /** Empty where there is nothing to tell from chance. */
    private static String again(Findings.Count planned, Compared again) {
        return again.candidate().total() == 0
                        || planned.bad() + again.candidate().bad() == 0
                ? ""
                : "; on the same inputs once more, " + of(again.candidate()) + ", and " + of(again.original())
                        + " of the original";
    }

    /** Only what differs is said: most workflows have no effects. */
    static List<String> effects(Findings findings) {
        List<String> sentences = new ArrayList<>();
        add(sentences, "other effects", findings.effects().set(), findings.again(AskedAgain::effects));
        add(
                sentences,
                "the same effects in another order",
                findings.effects().order(),
                findings.again(AskedAgain::order));
        Compared inFailure = findings.again(AskedAgain::effectsInFailure);
        if (inFailure.candidate().bad() > 0) {
            sentences.add("effects: where a run failed, they were not the same in " + of(inFailure.candidate())
                    + " pairs that asked again, and in " + of(inFailure.original())
                    + " of the original against itself");
        }
        if (findings.unclearInFailure() > 0) {
            sentences.add(
                    "effects: on " + inputs(findings.unclearInFailure())
                            + " a run failed and they were not the same, which no failure by chance explains as far as was asked");
        }
        return sentences;
    }

    private static void add(List<String> sentences, String what, Compared planned, Compared again) {
        if (planned.original().bad()
                        + planned.candidate().bad()
                        + again.candidate().bad()
                > 0) {
            sentences.add("effects: " + of(planned.candidate()) + " pairs had " + what
                    + "; of the original against itself " + of(planned.original())
                    + again(planned.candidate(), again));
        }
    }

    private static String of(Findings.Count count) {
        return count.bad() + " of " + count.total();
    }

    static String errors(Findings findings) {
        Findings.Count candidate = findings.candidateErrors();
        Findings.Count original = findings.originalErrors();
        return candidate.bad() + " of " + candidate.total() + " runs of the candidate failed, and " + original.bad()
                + " of " + original.total() + " of the original"
                + again(candidate, findings.again(AskedAgain::failures))
                + (findings.unconfirmed() == 0
                        ? ""
                        : "; on " + inputs(findings.unconfirmed())
                                + " the candidate alone failed or had another order of effects, which the original was not"
                                + " seen to there");
    }

    static String speedup(Findings findings) {
        return String.format(
                Locale.ROOT, "speedup %s over %d paired runs", interval(findings.speedup()), findings.timedPairs());
    }

    static String cost(Measured saving) {
        if (Double.isNaN(saving.value())) {
            return "the cost could not be compared: the candidate uses more of something without a known price";
        }
        if (saving.value() == 0 && saving.low() == 0 && saving.high() == 0) {
            return "the cost is the same";
        }
        return "cost reduction " + percent(saving.value()) + " (95 %: " + percent(saving.low()) + " to "
                + percent(saving.high()) + ")";
    }

    /** The rule of three: with no event in K trials the rate is below 3/K, at 95 %. */
    static double bound(int trials) {
        return trials == 0 ? 1 : Math.min(1, 3.0 / trials);
    }

    private static String interval(Measured measured) {
        return String.format(
                Locale.ROOT, "%.2f (95 %%: %.2f to %.2f)", measured.value(), measured.low(), measured.high());
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", part * 100);
    }
}
