package dev.fettle.api.search;

import dev.fettle.api.Plugin;

/**
 * Searches any space. Stateless; reproducible: the same problem, settings, seed and evaluation budget give the same result
 * bit for bit. Registered with {@code @AutoService(SearchAlgorithm.class)}.
 */
public interface SearchAlgorithm extends Plugin {
    SearchResult search(SearchProblem problem, SearchContext context);
}
