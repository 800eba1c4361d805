/** Derives a workflow from recorded runs alone. */
@NullMarked
package dev.fettle.core.discover;

import org.jspecify.annotations.NullMarked;
