/** One recorded run of a workflow. */
@NullMarked
package dev.fettle.api.trace;

import org.jspecify.annotations.NullMarked;
