package dev.fettle.search.genetic;

import static dev.fettle.api.SettingCheck.check;

/**
 * @param population at least 4
 * @param crossover probability that a child has two parents, in [0, 1]
 * @param mutation expected number of decisions changed in a child, at least 0
 * @param learning share of the children that are improved in a random direction of the objectives; 0 for plain NSGA-II
 * @param front how many candidates the front holds at most, at least 2
 */
public record Nsga2Settings(int population, double crossover, double mutation, double learning, int front) {
    public Nsga2Settings {
        check(population >= 4, "nsga2.population", population, "at least 4");
        check(crossover >= 0 && crossover <= 1, "nsga2.crossover", crossover, "0 to 1");
        check(mutation >= 0 && mutation < Double.POSITIVE_INFINITY, "nsga2.mutation", mutation, "at least 0");
        check(learning >= 0 && learning <= 1, "nsga2.learning", learning, "0 to 1");
        check(front >= 2, "nsga2.front", front, "at least 2");
    }

    static final Nsga2Settings DEFAULT = new Nsga2Settings(100, 0.9, 1, 0.8, 500);
}
