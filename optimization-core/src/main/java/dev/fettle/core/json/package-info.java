/** The one JSON mapping of Fettle's values. */
@NullMarked
package dev.fettle.core.json;

import org.jspecify.annotations.NullMarked;
