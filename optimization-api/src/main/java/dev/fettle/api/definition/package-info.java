/** Definitions of workflows in the forms of other frameworks. */
@NullMarked
package dev.fettle.api.definition;

import org.jspecify.annotations.NullMarked;
