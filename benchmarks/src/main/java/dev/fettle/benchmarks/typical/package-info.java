/** A workflow of the usual size, as a search space. */
@NullMarked
package dev.fettle.benchmarks.typical;

import org.jspecify.annotations.NullMarked;
