package dev.fettle.benchmarks.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.prove.StaticProof;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The short form of {@code benchmarks mutation}. */
class MutationTest {
    private static Experiment experiment;

    @BeforeAll
    static void prepare() {
        Path root = Path.of(System.getProperty("fettle.root", ".."));
        experiment = new Experiment(Subjects.of(root.resolve("examples"), 3, 1), 7, Straying.NEVER);
    }

    @Test
    void plantedFaultsAreRejected() {
        Experiment.Result faults = experiment.faults(48);

        assertThat(faults.variants()).isEqualTo(48);
        assertThat(faults.kinds()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(faults.part(ValidationVerdict.REJECT))
                .as("%s", faults.missed())
                .isGreaterThanOrEqualTo(0.97);
        assertThat(faults.count(ValidationVerdict.APPROVE))
                .as("%s", faults.missed())
                .isZero();
    }

    @Test
    void equalRewritesAreNot() {
        Experiment.Result equal = experiment.rewrites(40);

        assertThat(equal.variants()).isEqualTo(40);
        assertThat(equal.kinds()).hasSize(6);
        assertThat(equal.part(ValidationVerdict.REJECT))
                .as("%s", equal.missed())
                .isLessThanOrEqualTo(0.05);
    }

    @Test
    void noVersionThatTheSimulatorTellsApartIsProvedEqual() {
        int rewrites = 0;
        int proved = 0;
        for (Workflow subject : Subjects.of(Path.of("absent"), 15, 500)) {
            for (Variant fault : Faults.of(subject)) {
                if (StaticProof.of(subject, fault.workflow()).exact()) {
                    assertThat(Experiment.differs(subject, fault.workflow()))
                            .as(fault.kind() + " " + fault.what())
                            .isFalse();
                }
            }
            for (Variant rewrite : EqualRewrites.of(subject)) {
                rewrites++;
                proved += StaticProof.of(subject, rewrite.workflow()).exact() ? 1 : 0;
            }
        }
        assertThat(proved).as("of %s", rewrites).isGreaterThan(rewrites / 4);
    }
}
