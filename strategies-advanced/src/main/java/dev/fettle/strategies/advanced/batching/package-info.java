/** Making calls together. */
@NullMarked
package dev.fettle.strategies.advanced.batching;

import org.jspecify.annotations.NullMarked;
