/** Running nodes at the same time that do not need each other's results. */
@NullMarked
package dev.fettle.strategies.basic.parallelization;

import org.jspecify.annotations.NullMarked;
