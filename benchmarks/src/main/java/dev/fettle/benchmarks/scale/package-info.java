/** How detection and suggestion grow with the workflow and its traces. */
@NullMarked
package dev.fettle.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
