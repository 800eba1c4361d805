package dev.fettle.benchmarks.peers.moea;

import com.google.auto.service.AutoService;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.peers.CountedScore;
import dev.fettle.benchmarks.peers.Course;
import dev.fettle.benchmarks.peers.Peer;
import org.moeaframework.algorithm.single.GeneticAlgorithm;
import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.operator.CompoundVariation;
import org.moeaframework.core.operator.UniformCrossover;
import org.moeaframework.core.operator.binary.BitFlip;
import org.moeaframework.core.variable.BinaryIntegerVariable;
import org.moeaframework.problem.AbstractProblem;

/** The genetic algorithm of the MOEA Framework on integer variables: uniform crossover, mutation by flipped bits. */
@AutoService(Peer.class)
public final class MoeaPeer implements Peer {
    private static final int POPULATION = 100;

    @Override
    public String name() {
        return "MOEA Framework 5.0";
    }

    @Override
    public Outcome search(ChoiceDag dag, double seconds, long seed, Course course) {
        CountedScore score = new CountedScore(dag, course);
        PRNG.setSeed(seed);
        GeneticAlgorithm algorithm = new GeneticAlgorithm(new ChoiceProblem(dag, score));
        int bits = BinaryIntegerVariable.getNumberOfBits(0, width(dag) - 1) * dag.nodes();
        algorithm.setInitialPopulationSize(POPULATION);
        algorithm.setVariation(new CompoundVariation(new UniformCrossover(0.5), new BitFlip(1.0 / bits)));
        course.start();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            algorithm.step();
        }
        return new Outcome(BinaryIntegerVariable.getInt(algorithm.getResult().get(0)), score.count());
    }

    private static int width(ChoiceDag dag) {
        return dag.options().get(0).size();
    }

    private static final class ChoiceProblem extends AbstractProblem {
        private final CountedScore score;
        private final int width;

        ChoiceProblem(ChoiceDag dag, CountedScore score) {
            super(dag.nodes(), 1);
            this.score = score;
            this.width = width(dag);
        }

        @Override
        public void evaluate(Solution solution) {
            solution.setObjectiveValue(0, score.of(BinaryIntegerVariable.getInt(solution)));
        }

        @Override
        public Solution newSolution() {
            Solution solution = new Solution(getNumberOfVariables(), 1);
            for (int node = 0; node < getNumberOfVariables(); node++) {
                solution.setVariable(node, new BinaryIntegerVariable(0, width - 1));
            }
            return solution;
        }
    }
}
