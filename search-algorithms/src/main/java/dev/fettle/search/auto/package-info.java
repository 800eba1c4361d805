/** The portfolio: picks and races the other algorithms. */
@NullMarked
package dev.fettle.search.auto;

import org.jspecify.annotations.NullMarked;
