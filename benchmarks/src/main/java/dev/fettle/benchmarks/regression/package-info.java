/** Regression by the Gaussian process of the search algorithms, on Friedman's first problem. */
@NullMarked
package dev.fettle.benchmarks.regression;

import org.jspecify.annotations.NullMarked;
