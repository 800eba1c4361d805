package dev.fettle.benchmarks.peers.ortools;

import com.google.auto.service.AutoService;
import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverSolutionCallback;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.peers.Course;
import dev.fettle.benchmarks.peers.Peer;
import java.util.List;

/** OR-Tools CP-SAT, on all processors: exactly one option of each node, and an end that waits for those of its parents. */
@AutoService(Peer.class)
public final class CpSatPeer implements Peer {
    @Override
    public String name() {
        return "OR-Tools CP-SAT 9.15";
    }

    @Override
    public Outcome search(ChoiceDag dag, double seconds, long seed, Course course) {
        Loader.loadNativeLibraries();
        CpModel model = new CpModel();
        BoolVar[][] chosen = choices(dag, model);
        LinearExprBuilder score = LinearExpr.newBuilder();
        score.addTerm(makespan(dag, model, chosen), dag.durationWeight());
        for (int node = 0; node < chosen.length; node++) {
            for (int option = 0; option < chosen[node].length; option++) {
                ChoiceDag.Option one = dag.options().get(node).get(option);
                score.addTerm(
                        chosen[node][option], dag.costWeight() * one.cost() - dag.qualityWeight() * one.quality());
            }
        }
        model.minimize(score);
        CpSolver solver = new CpSolver();
        solver.getParameters()
                .setMaxTimeInSeconds(seconds)
                .setNumWorkers(Runtime.getRuntime().availableProcessors())
                .setRandomSeed((int) seed);
        course.start();
        solver.solve(model, new CpSolverSolutionCallback() {
            @Override
            public void onSolutionCallback() {
                course.at(0, objectiveValue() / dag.scale());
            }
        });
        int[] choices = new int[chosen.length];
        for (int node = 0; node < choices.length; node++) {
            for (int option = 0; option < chosen[node].length; option++) {
                choices[node] = solver.booleanValue(chosen[node][option]) ? option : choices[node];
            }
        }
        return new Outcome(choices, 0, solver.bestObjectiveBound() / dag.scale());
    }

    private static BoolVar[][] choices(ChoiceDag dag, CpModel model) {
        BoolVar[][] chosen = new BoolVar[dag.nodes()][];
        for (int node = 0; node < chosen.length; node++) {
            chosen[node] = new BoolVar[dag.options().get(node).size()];
            for (int option = 0; option < chosen[node].length; option++) {
                chosen[node][option] = model.newBoolVar("n" + node + "=" + option);
            }
            model.addExactlyOne(chosen[node]);
        }
        return chosen;
    }

    private static IntVar makespan(ChoiceDag dag, CpModel model, BoolVar[][] chosen) {
        long longest = dag.options().stream()
                .mapToLong(own ->
                        own.stream().mapToLong(ChoiceDag.Option::duration).max().orElse(0))
                .sum();
        IntVar makespan = model.newIntVar(0, longest, "makespan");
        IntVar[] ends = new IntVar[dag.nodes()];
        for (int node = 0; node < ends.length; node++) {
            List<ChoiceDag.Option> own = dag.options().get(node);
            ends[node] = model.newIntVar(0, longest, "end" + node);
            LinearExprBuilder duration = LinearExpr.newBuilder();
            for (int option = 0; option < own.size(); option++) {
                duration.addTerm(chosen[node][option], own.get(option).duration());
            }
            model.addGreaterOrEqual(ends[node], duration);
            for (int parent : dag.parents().get(node)) {
                LinearExprBuilder after = LinearExpr.newBuilder().add(duration).add(ends[parent]);
                model.addGreaterOrEqual(ends[node], after);
            }
            model.addGreaterOrEqual(makespan, ends[node]);
        }
        return makespan;
    }
}
