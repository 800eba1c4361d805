/** Caches of tool and node results. */
@NullMarked
package dev.fettle.runtime.cache;

import org.jspecify.annotations.NullMarked;
