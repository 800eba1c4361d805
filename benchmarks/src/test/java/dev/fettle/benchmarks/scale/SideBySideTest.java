package dev.fettle.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.benchmarks.DetailedRuns;
import dev.fettle.core.detect.DetectorSuite;
import dev.fettle.core.profile.ProfileAccumulator;
import dev.fettle.core.suggest.StrategySuite;
import dev.fettle.testkit.workflow.RandomTeams;
import dev.fettle.testkit.workflow.RandomWorkflows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final int WORKFLOWS = 12;
    private static final List<Integer> THREADS = List.of(2, 5);

    private static <T> List<T> installed(Class<T> type) {
        List<T> plugins = new ArrayList<>();
        ServiceLoader.load(type).forEach(plugins::add);
        return plugins;
    }

    private static PerformanceProfile profile(Workflow workflow, long seed) {
        ProfileAccumulator profile = new ProfileAccumulator();
        DetailedRuns.of(workflow, seed).forEach(profile::add);
        return profile.profile(DetailedRuns.PRICES, workflow.tools());
    }

    private static List<Bottleneck> found(Workflow workflow, PerformanceProfile profile, int threads) {
        return new DetectorSuite(installed(BottleneckDetector.class), Map.of(), threads)
                .detect(workflow, profile, DetailedRuns.PRICES);
    }

    private static List<Suggestion> made(
            Workflow workflow, PerformanceProfile profile, List<Bottleneck> bottlenecks, int threads) {
        return new StrategySuite(installed(OptimizationStrategy.class), Map.of(), threads)
                .ask(workflow, profile, bottlenecks, DetailedRuns.PRICES, ToolTrials.NONE).stream()
                        .flatMap(answer -> answer.suggestions().stream())
                        .toList();
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBottlenecksAndSuggestionsInTheSameOrder() {
        Set<String> types = new TreeSet<>();
        Set<String> strategies = new TreeSet<>();
        for (long seed = 0; seed < WORKFLOWS; seed++) {
            Workflow plain = RandomWorkflows.generate(seed, 12);
            Workflow workflow = DetailedRuns.detailed(seed % 2 == 0 ? plain : RandomTeams.in(plain, seed));
            PerformanceProfile profile = profile(workflow, seed);
            List<Bottleneck> bottlenecks = found(workflow, profile, 1);
            List<Suggestion> suggestions = made(workflow, profile, bottlenecks, 1);
            for (int threads : THREADS) {
                assertThat(found(workflow, profile, threads)).isEqualTo(bottlenecks);
                assertThat(made(workflow, profile, bottlenecks, threads)).isEqualTo(suggestions);
            }
            bottlenecks.forEach(bottleneck -> types.add(bottleneck.type()));
            suggestions.forEach(suggestion -> strategies.add(suggestion.strategy()));
        }
        assertThat(types).hasSizeGreaterThan(5);
        assertThat(strategies).hasSizeGreaterThan(5);
    }

    @Test
    void aLargeWorkflowIsSeenTheSameWayByOneAndBySeveralThreads() {
        LargeWorkflow large = new LargeWorkflow(200, 3);
        Workflow workflow = large.workflow();
        ProfileAccumulator accumulator = new ProfileAccumulator();
        for (int i = 0; i < 50; i++) {
            accumulator.add(large.trace(workflow, i));
        }
        PerformanceProfile profile = accumulator.profile(DetailedRuns.PRICES, workflow.tools());
        List<Bottleneck> bottlenecks = found(workflow, profile, 1);
        assertThat(found(workflow, profile, 4)).isEqualTo(bottlenecks).isNotEmpty();
        assertThat(made(workflow, profile, bottlenecks, 4))
                .isEqualTo(made(workflow, profile, bottlenecks, 1))
                .isNotEmpty();
    }
}
