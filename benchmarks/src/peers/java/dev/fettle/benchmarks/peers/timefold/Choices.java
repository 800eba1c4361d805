package dev.fettle.benchmarks.peers.timefold;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.simplelong.SimpleLongScore;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All choices. */
@PlanningSolution
public class Choices {
    /** The instance; the same for all copies. */
    @ProblemFactProperty
    private @Nullable Instance instance;

    @ValueRangeProvider
    private List<Integer> options = List.of();

    @PlanningEntityCollectionProperty
    private List<Choice> nodes = List.of();

    @PlanningScore
    private @Nullable SimpleLongScore score;

    /** A class of its own, since problem facts must not be records of lists that Timefold would look into. */
    static final class Instance {
        final ChoiceDag dag;

        Instance(ChoiceDag dag) {
            this.dag = dag;
        }
    }

    /** For Timefold. */
    public Choices() {}

    Choices(ChoiceDag dag) {
        instance = new Instance(dag);
        options = IntStream.range(0, dag.options().get(0).size()).boxed().toList();
        nodes = IntStream.range(0, dag.nodes()).mapToObj(Choice::new).toList();
    }

    @Nullable
    Instance instance() {
        return instance;
    }

    public List<Integer> getOptions() {
        return options;
    }

    public List<Choice> getNodes() {
        return nodes;
    }

    public @Nullable SimpleLongScore getScore() {
        return score;
    }

    public void setScore(@Nullable SimpleLongScore score) {
        this.score = score;
    }

    /** The option of each node; 0 where none is chosen yet. */
    int[] options() {
        return nodes.stream()
                .mapToInt(node -> node.getOption() == null ? 0 : node.getOption())
                .toArray();
    }
}
