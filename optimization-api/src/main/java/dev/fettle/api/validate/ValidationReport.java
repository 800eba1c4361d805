package dev.fettle.api.validate;

import dev.fettle.api.Stable;
import java.util.ArrayList;
import java.util.List;

/**
 * Evidence that a plan keeps the behaviour.
 *
 * @param equivalent whether enough pairs of outputs were compared, and all of them were equivalent
 * @param noiseFloor part of original-against-original pairs that differed, in [0, 1]
 * @param speedup time of the original for one of the optimized, from paired runs
 * @param costReduction part of the cost saved, from paired runs
 * @param errorRate part of the optimized version's runs that failed
 * @param runs pairs that were run
 * @param compared pairs of which both runs succeeded, so that their outputs were compared
 * @param reasons for the verdict, one sentence each
 * @param exact whether it is proved without a run that both versions compute and do the same in every run in which no node
 *     fails; else equivalence rests on the pairs alone
 */
@Stable
public record ValidationReport(
        ValidationVerdict verdict,
        boolean equivalent,
        double noiseFloor,
        Measured speedup,
        Measured costReduction,
        double errorRate,
        int runs,
        int compared,
        List<String> differences,
        List<String> reasons,
        boolean exact) {
    public ValidationReport {
        differences = List.copyOf(differences);
        reasons = List.copyOf(reasons);
    }

    /** This report with one sentence more. */
    public ValidationReport withReason(String reason) {
        List<String> more = new ArrayList<>(reasons);
        more.add(reason);
        return new ValidationReport(
                verdict,
                equivalent,
                noiseFloor,
                speedup,
                costReduction,
                errorRate,
                runs,
                compared,
                differences,
                more,
                exact);
    }
}
