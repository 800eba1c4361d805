/** Gaussian process regression. */
@NullMarked
package dev.fettle.search.bayesian.gp;

import org.jspecify.annotations.NullMarked;
