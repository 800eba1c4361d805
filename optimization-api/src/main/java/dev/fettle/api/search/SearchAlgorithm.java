package dev.fettle.api.search;

import dev.fettle.api.Plugin;
import dev.fettle.api.Stable;

/**
 * Searches any space. Stateless; reproducible: the same problem, settings, seed and evaluation budget give the same result
 * bit for bit. Registered with {@code @AutoService(SearchAlgorithm.class)}.
 */
@Stable
public interface SearchAlgorithm extends Plugin {
    SearchResult search(SearchProblem problem, SearchContext context);
}
