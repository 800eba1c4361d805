/** Hill climbing with restarts. */
@NullMarked
package dev.fettle.search.hillclimbing;

import org.jspecify.annotations.NullMarked;
