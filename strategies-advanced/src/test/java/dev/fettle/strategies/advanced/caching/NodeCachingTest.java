package dev.fettle.strategies.advanced.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Policies.Cache.Eviction;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeCachingTest {

    private static Workflow workflow(Effects effects, Policies policies) {
        return WorkflowBuilder.workflow("loop")
                .inputs("documents")
                .outputs("answer")
                .function("embed", n -> n.reads("documents")
                        .writes("vectors")
                        .effects(effects)
                        .policies(policies))
                .function("answer", n -> n.reads("vectors").writes("answer"))
                .build();
    }

    private static StrategyTester tester(Effects effects, boolean same) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            String second = same ? "v" : "w" + run;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("loop")
                    .ran("embed", o -> o.read("documents", "d").wrote("vectors", "v"))
                    .ran("embed", o -> o.read("documents", "d").wrote("vectors", second))
                    .ran("embed", o -> o.read("documents", "e").wrote("vectors", "x"))
                    .build());
        }
        return StrategyTester.of(new NodeCaching())
                .on(workflow(effects, Policies.NONE))
                .with(traces)
                .bottleneck(BottleneckTypes.REPEATED_WORK, "embed");
    }

    @Test
    void aNodeThatRunsAgainOnTheSameInputIsKept() {
        Policies.Cache cache = new Policies.Cache(null, Duration.ofMinutes(1), 16, Eviction.LRU);

        var suggestion = tester(Effects.NONE, true).suggests(workflow(Effects.NONE, Policies.NONE.withCache(cache)));

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.reason()).contains("20 of 60").contains("20 of 20");
    }

    @Test
    void aNodeThatWritesOtherThingsOnTheSameInputIsLeftAlone() {
        tester(Effects.NONE, false).doesNotFire();
    }

    @Test
    void aNodeWithEffectsIsLeftAlone() {
        tester(Effects.EXTERNAL, true).doesNotFire("effects");
        tester(Effects.IDEMPOTENT, true).doesNotFire();
    }
}
