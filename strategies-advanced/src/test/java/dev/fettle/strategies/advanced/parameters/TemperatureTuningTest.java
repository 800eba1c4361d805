package dev.fettle.strategies.advanced.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.plan.Source;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemperatureTuningTest {

    private static Workflow workflow(double temperature) {
        return WorkflowBuilder.workflow("w")
                .outputs("answer")
                .agent("ask", n -> {
                    n.writes("answer");
                    if (temperature >= 0) {
                        n.parameter("temperature", temperature == 0 ? (Object) 0 : temperature);
                    }
                })
                .build();
    }

    private static ModelCall call(int prompt, String answer) {
        return new ModelCall(
                "big",
                Duration.ZERO,
                Duration.ofSeconds(1),
                new TokenUsage(10, 10, 0),
                Status.OK,
                null,
                null,
                "prompt " + prompt,
                answer);
    }

    /** Three prompts in turn; every fourth run fails. */
    private static List<ExecutionTrace> runs(boolean sameAnswer) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 40; run++) {
            int number = run;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("w")
                    .ran("ask", o -> {
                        o.modelCall(call(number % 3, sameAnswer ? "same" : "answer " + number % 4));
                        if (number % 4 == 0) {
                            o.failed("Wrong");
                        }
                    })
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(double temperature, List<ExecutionTrace> traces) {
        return StrategyTester.of(new TemperatureTuning())
                .on(workflow(temperature))
                .with(traces)
                .bottleneck(BottleneckTypes.UNRELIABLE_NODE, "ask");
    }

    @Test
    void anAgentWhoseLuckDecidesAnswersTheSameToTheSame() {
        var suggestion = tester(-1, runs(false)).suggests(workflow(0));

        assertThat(suggestion.evidence().get(0).text()).contains("3 prompts both succeeded and failed");
        assertThat(suggestion.outcomes()).singleElement().satisfies(outcome -> assertThat(outcome.source())
                .isEqualTo(Source.ASSUMED));
        tester(0.7, runs(false)).suggests(workflow(0));
    }

    @Test
    void equalAnswersOrATemperatureOfZeroSayNothing() {
        tester(-1, runs(true)).doesNotFire("got different answers");
        tester(0, runs(false)).doesNotFire("has temperature 0 already");
    }
}
