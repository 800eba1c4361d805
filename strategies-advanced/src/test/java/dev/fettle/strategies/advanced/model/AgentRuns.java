package dev.fettle.strategies.advanced.model;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.PriceList;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.util.ArrayList;
import java.util.List;

/** A workflow of one agent, and runs of it. */
final class AgentRuns {
    static final PriceList MODELS = PriceList.empty()
            .with("big", "10", "30", null, 50.0, 100_000L, 0.9)
            .with("middle", "2", "6", null, 80.0, 100_000L, 0.7)
            .with("small", "0.5", "1.5", null, 150.0, 4_000L, 0.45);

    private AgentRuns() {}

    static Workflow workflow(String model, String prompt) {
        return WorkflowBuilder.workflow("classify")
                .inputs("text")
                .outputs("label")
                .agent(
                        "judge",
                        n -> n.reads("text").writes("label").model(model).prompt(prompt))
                .build();
    }

    /** Runs of one call each; those from the end fail. */
    static List<ExecutionTrace> runs(String model, int count, int failed, long input, long output) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < count; run++) {
            boolean fails = run >= count - failed;
            traces.add(TraceBuilder.run(model + "-" + run)
                    .of("classify")
                    .ran("judge", o -> {
                        o.modelCall(model, input, output);
                        if (fails) {
                            o.failed("WrongAnswer");
                        }
                    })
                    .build());
        }
        return traces;
    }
}
