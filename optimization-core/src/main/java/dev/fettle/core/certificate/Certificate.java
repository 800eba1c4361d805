package dev.fettle.core.certificate;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a validation found of which versions on which inputs. It is not signed: whoever may write it may forge it, so keep it
 * where only the validation writes.
 *
 * @param version of the format
 * @param workflow the workflow's id
 * @param figures what was measured
 * @param reasons for the verdict, one sentence each
 * @param hashes of what was validated
 * @param tool the program that wrote it, with its version
 * @param issued when
 */
public record Certificate(
        int version,
        String workflow,
        ValidationVerdict verdict,
        Figures figures,
        List<String> reasons,
        Hashes hashes,
        String tool,
        Instant issued) {
    /** The version of the format that is written. */
    public static final int VERSION = 3;

    public Certificate {
        reasons = List.copyOf(reasons);
    }

    /**
     * What was measured; null where it is not a number.
     *
     * @param exact whether equivalence is proved without a run
     * @param pairs that were run
     * @param compared pairs of which the outputs were compared
     * @param speedup with its 95 % interval: value, low, high
     */
    public record Figures(
            boolean equivalent,
            boolean exact,
            int pairs,
            int compared,
            @Nullable Double noiseFloor,
            @Nullable Double errorRate,
            Interval speedup,
            Interval costReduction) {}

    /** A measured value with its 95 % interval. */
    public record Interval(
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high) {
        static Interval of(Measured measured) {
            return new Interval(finite(measured.value()), finite(measured.low()), finite(measured.high()));
        }
    }

    /**
     * SHA-256 by {@link Fingerprint}.
     *
     * @param settings by which the versions were run and compared
     * @param effects of the recorded effects that answered in place of external ones; null where there were none
     * @param recording of the recording's files; null where none was used
     */
    public record Hashes(
            String original,
            String candidate,
            String inputs,
            String settings,
            @Nullable String effects,
            @Nullable String recording) {
        /**
         * What was validated.
         *
         * @param folder of the definitions
         */
        public static Hashes of(
                Path folder,
                Workflow original,
                Workflow candidate,
                List<Map<String, Object>> inputs,
                Configuration configuration,
                List<RecordedEffect> effects,
                @Nullable String recording) {
            return new Hashes(
                    Fingerprint.of(original, folder),
                    Fingerprint.of(candidate, folder),
                    Fingerprint.of(inputs),
                    Fingerprint.of(configuration),
                    effects.isEmpty() ? null : Fingerprint.ofEffects(effects),
                    recording);
        }

        /** Where the original was already looked at, and run, before. */
        public Hashes withOriginal(String earlier) {
            return new Hashes(earlier, candidate, inputs, settings, effects, recording);
        }

        /**
         * What was validated has to be the same before and after the runs.
         *
         * @throws FettleException where it is not
         */
        public void requireSame(Hashes after) {
            if (!equals(after)) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        "a definition, a file that it names, or the recording was changed while both versions ran;"
                                + " expected the same at the end. Nothing is certified: run again");
            }
        }
    }

    /** Certifies a report. */
    public static Certificate of(String workflow, ValidationReport report, Hashes hashes, String tool, Instant issued) {
        return new Certificate(
                VERSION,
                workflow,
                report.verdict(),
                new Figures(
                        report.equivalent(),
                        report.exact(),
                        report.runs(),
                        report.compared(),
                        finite(report.noiseFloor()),
                        finite(report.errorRate()),
                        Interval.of(report.speedup()),
                        Interval.of(report.costReduction())),
                report.reasons(),
                hashes,
                tool,
                issued);
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Whether the verdict allows the candidate to be deployed; a conditional one where somebody agrees. */
    public boolean allows(boolean agreed) {
        return verdict == ValidationVerdict.APPROVE
                || verdict == ValidationVerdict.MARGINAL
                || (verdict == ValidationVerdict.CONDITIONAL && agreed);
    }
}
