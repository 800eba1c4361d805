package dev.fettle.benchmarks.peers.jenetics;

import com.google.auto.service.AutoService;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.peers.CountedScore;
import dev.fettle.benchmarks.peers.Course;
import dev.fettle.benchmarks.peers.Peer;
import io.jenetics.Genotype;
import io.jenetics.IntegerChromosome;
import io.jenetics.IntegerGene;
import io.jenetics.Mutator;
import io.jenetics.TournamentSelector;
import io.jenetics.TruncationSelector;
import io.jenetics.UniformCrossover;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionResult;
import io.jenetics.engine.Limits;
import io.jenetics.util.Factory;
import io.jenetics.util.RandomRegistry;
import java.time.Duration;
import java.util.Random;

/** Jenetics: one integer chromosome, the best survive, uniform crossover, mutation, one thread; the best of several settings. */
@AutoService(Peer.class)
public final class JeneticsPeer implements Peer {
    private static final int POPULATION = 400;

    @Override
    public String name() {
        return "Jenetics 7.2";
    }

    @Override
    public Outcome search(ChoiceDag dag, double seconds, long seed, Course course) {
        CountedScore score = new CountedScore(dag, course);
        int width = dag.options().get(0).size();
        Factory<Genotype<IntegerGene>> genotypes = Genotype.of(IntegerChromosome.of(0, width, dag.nodes()));
        return RandomRegistry.with(new Random(seed), random -> {
            Engine<IntegerGene, Double> engine = Engine.builder(
                            (Genotype<IntegerGene> genotype) -> score.of(options(genotype)), genotypes)
                    .minimizing()
                    .populationSize(POPULATION)
                    .survivorsSelector(new TruncationSelector<>())
                    .offspringSelector(new TournamentSelector<>(3))
                    .alterers(new UniformCrossover<>(0.8, 0.5), new Mutator<>(0.5 / dag.nodes()))
                    .executor(Runnable::run)
                    .build();
            course.start();
            Genotype<IntegerGene> best = engine.stream()
                    .limit(Limits.byExecutionTime(Duration.ofNanos((long) (seconds * 1e9))))
                    .collect(EvolutionResult.toBestGenotype());
            return new Outcome(options(best), score.count());
        });
    }

    private static int[] options(Genotype<IntegerGene> genotype) {
        return genotype.chromosome().as(IntegerChromosome.class).toArray();
    }
}
