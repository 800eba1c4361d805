/** Keeping results that are asked for again. */
@NullMarked
package dev.fettle.strategies.advanced.caching;

import org.jspecify.annotations.NullMarked;
