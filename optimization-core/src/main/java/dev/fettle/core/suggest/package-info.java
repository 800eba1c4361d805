/** Asking strategies for suggestions. */
@NullMarked
package dev.fettle.core.suggest;

import org.jspecify.annotations.NullMarked;
