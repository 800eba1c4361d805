/** Workflow definitions of other frameworks. */
@NullMarked
package dev.fettle.core.foreign;

import org.jspecify.annotations.NullMarked;
