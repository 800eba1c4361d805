package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Analyzer;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;

/** A project that is run for its profile. */
record ProfiledProject(Project project, WorkflowOptimizer optimizer) {
    static ProfiledProject prepare(Project project) {
        return new ProfiledProject(project, WorkflowOptimizer.create(project.configuration()));
    }

    /** The runs, and what they say. */
    record Profiled(Runs runs, Analysis analysis) {}

    /**
     * Runs it; what is done outside is said before.
     *
     * @throws FettleException where every run failed
     */
    Profiled run(Terminal terminal) {
        OptimizeCommand.tellEffects(terminal, optimizer, project);
        Analyzer.Collector collector = optimizer.collector(project.workflow());
        Runs runs;
        try (Progress progress =
                terminal.progress("Profiling " + project.workflow().id())) {
            runs = optimizer.run(project, result -> collector.accept(result.trace()), progress::step);
        }
        if (runs.failed() == runs.runs()) {
            throw new FettleException(
                    ErrorCode.EXECUTION,
                    "all " + runs.runs() + " runs of (" + project.workflow().id()
                            + ") failed, so there is nothing to improve on:\n" + String.join("\n", runs.errors()));
        }
        return new Profiled(runs, collector.analysis().measuredIn(runs));
    }
}
