/** Changes: pure functions from workflow to workflow, open to plugins. */
@NullMarked
package dev.fettle.api.change;

import org.jspecify.annotations.NullMarked;
