package dev.fettle.benchmarks.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class VariationBenchmarkTest {
    private static VariationBenchmark benchmark() {
        VariationBenchmark benchmark = new VariationBenchmark();
        benchmark.nodes = 30;
        benchmark.generate();
        return benchmark;
    }

    private static int differences(int[] one, int[] other) {
        int differences = 0;
        for (int i = 0; i < one.length; i++) {
            differences += one[i] == other[i] ? 0 : 1;
        }
        return differences;
    }

    private static void eachDrawChangesOneDecision(ToIntFunction<VariationBenchmark> draw) {
        VariationBenchmark benchmark = benchmark();
        for (int i = 0; i < 500; i++) {
            int[] before = benchmark.current();
            int option = draw.applyAsInt(benchmark);
            assertThat(option).isBetween(0, 4);
            assertThat(differences(before, benchmark.current())).isEqualTo(1);
        }
    }

    @Test
    void aNeighbourDiffersInOneDecision() {
        eachDrawChangesOneDecision(VariationBenchmark::shuffledNeighbour);
        eachDrawChangesOneDecision(VariationBenchmark::sweptNeighbour);
    }

    private static void childrenHoldTheirParentsOptions(UnaryOperator<VariationBenchmark> cross) {
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            VariationBenchmark benchmark = benchmark();
            for (int before = 0; before < i % 7; before++) {
                benchmark.mutation();
            }
            int[] parent = benchmark.child();
            int[] other = benchmark.other();
            int[] child = cross.apply(benchmark).child();
            for (int d = 0; d < child.length; d++) {
                assertThat(child[d]).isIn(parent[d], other[d]);
            }
            taken += differences(parent, child);
        }
        assertThat(taken).isPositive();
    }

    @Test
    void aChildHasEachOptionFromAParent() {
        childrenHoldTheirParentsOptions(benchmark -> {
            benchmark.uniformCrossover();
            return benchmark;
        });
        childrenHoldTheirParentsOptions(benchmark -> {
            benchmark.segmentCrossover();
            return benchmark;
        });
    }

    @Test
    void aMutationChangesOneDecisionOnAverage() {
        VariationBenchmark benchmark = benchmark();
        int changed = 0;
        int mutations = 4000;
        for (int i = 0; i < mutations; i++) {
            int[] before = benchmark.child();
            changed += differences(before, benchmark.mutation().clone());
        }
        assertThat((double) changed / mutations).isBetween(0.9, 1.1);
    }
}
