/** Taking nodes out that fail, that nobody needs, or that do what another does. */
@NullMarked
package dev.fettle.strategies.basic.pruning;

import org.jspecify.annotations.NullMarked;
