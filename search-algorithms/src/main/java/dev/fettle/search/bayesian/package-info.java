/** Bayesian optimization. */
@NullMarked
package dev.fettle.search.bayesian;

import org.jspecify.annotations.NullMarked;
