package dev.fettle.benchmarks.peers.timefold;

import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchType;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import ai.timefold.solver.core.impl.solver.DefaultSolver;
import com.google.auto.service.AutoService;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.peers.Course;
import dev.fettle.benchmarks.peers.Peer;
import java.time.Duration;

/** Timefold Solver with change moves, late acceptance (its default) and an incremental score calculator, not asserting. */
@AutoService(Peer.class)
public final class TimefoldPeer implements Peer {
    @Override
    public String name() {
        return "Timefold 1.32 incremental";
    }

    @Override
    public Outcome search(ChoiceDag dag, double seconds, long seed, Course course) {
        SolverConfig config = new SolverConfig()
                .withEnvironmentMode(EnvironmentMode.NO_ASSERT)
                .withRandomSeed(seed)
                .withSolutionClass(Choices.class)
                .withEntityClasses(Choice.class)
                .withScoreDirectorFactory(
                        new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(ChoiceScore.class))
                .withPhases(
                        new ConstructionHeuristicPhaseConfig(),
                        new LocalSearchPhaseConfig()
                                .withLocalSearchType(LocalSearchType.LATE_ACCEPTANCE)
                                .withMoveSelectorConfig(new ChangeMoveSelectorConfig()))
                .withTerminationConfig(
                        new TerminationConfig().withSpentLimit(Duration.ofMillis(Math.round(seconds * 1000))));
        DefaultSolver<Choices> solver = (DefaultSolver<Choices>)
                SolverFactory.<Choices>create(config).buildSolver();
        solver.addEventListener(event -> course.at(
                solver.getMoveEvaluationCount(), dag.score(event.getNewBestSolution().options())));
        Choices start = new Choices(dag);
        course.start();
        Choices best = solver.solve(start);
        return new Outcome(best.options(), solver.getMoveEvaluationCount());
    }
}
