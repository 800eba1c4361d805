package dev.fettle.search.genetic;

import static dev.fettle.api.SettingCheck.check;

/**
 * @param population at least 4
 * @param tournament how many candidates compete to become a parent, at least 1
 * @param crossover probability that a child has two parents, in [0, 1]
 * @param segment share of the crossovers that exchange a stretch of neighbouring decisions; the others decide for each
 *     decision by itself (uniform); in [0, 1]
 * @param mutation expected number of decisions changed in a child, at least 0
 * @param learning probability of a decision to be reconsidered in a child although nothing changed there; 0 for a plain
 *     genetic algorithm without local improvement; in [0, 1]
 */
public record GeneticSettings(
        int population, int tournament, double crossover, double segment, double mutation, double learning) {
    public GeneticSettings {
        check(population >= 4, "genetic.population", population, "at least 4");
        check(tournament >= 1, "genetic.tournament", tournament, "at least 1");
        check(crossover >= 0 && crossover <= 1, "genetic.crossover", crossover, "0 to 1");
        check(segment >= 0 && segment <= 1, "genetic.segment", segment, "0 to 1");
        check(mutation >= 0 && mutation < Double.POSITIVE_INFINITY, "genetic.mutation", mutation, "at least 0");
        check(learning >= 0 && learning <= 1, "genetic.learning", learning, "0 to 1");
    }

    static final GeneticSettings DEFAULT = new GeneticSettings(16, 3, 0.9, 0.5, 3, 0.02);
}
