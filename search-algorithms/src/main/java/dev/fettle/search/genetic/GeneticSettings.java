package dev.fettle.search.genetic;

import static dev.fettle.search.run.Checks.check;

/**
 * @param population at least 4
 * @param tournament how many candidates compete to become a parent, at least 1
 * @param crossover probability that a child has two parents, in [0, 1]
 * @param segment share of the crossovers that exchange a stretch of neighbouring decisions; the others decide for each
 *     decision by itself (uniform); in [0, 1]
 * @param mutation expected number of decisions changed in a child, at least 0
 * @param elite how many of the best survive unchanged, at least 1 and fewer than the population
 * @param learning how many passes over its decisions each child climbs, one decision after the other; 0 for a plain
 *     genetic algorithm
 */
public record GeneticSettings(
        int population, int tournament, double crossover, double segment, double mutation, int elite, int learning) {
    public GeneticSettings {
        check(population >= 4, "genetic.population", population, "expected at least 4");
        check(tournament >= 1, "genetic.tournament", tournament, "expected at least 1");
        check(crossover >= 0 && crossover <= 1, "genetic.crossover", crossover, "expected 0 to 1");
        check(segment >= 0 && segment <= 1, "genetic.segment", segment, "expected 0 to 1");
        check(mutation >= 0 && mutation < Double.POSITIVE_INFINITY, "genetic.mutation", mutation, "expected at least 0");
        check(elite >= 1 && elite < population, "genetic.elite", elite, "expected at least 1, fewer than the population");
        check(learning >= 0, "genetic.learning", learning, "expected at least 0");
    }

    static final GeneticSettings DEFAULT = new GeneticSettings(50, 3, 0.9, 0.5, 1.5, 2, 0);
}
