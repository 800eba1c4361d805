/** A genetic algorithm for one objective, and NSGA-II for several. */
@NullMarked
package dev.fettle.search.genetic;

import org.jspecify.annotations.NullMarked;
