/** What a cache would have done to recorded calls. */
@NullMarked
package dev.fettle.api.cache;

import org.jspecify.annotations.NullMarked;
