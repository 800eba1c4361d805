/** The nodes of the workflow, one class each. */
@NullMarked
package dev.fettle.examples.reporeview.nodes;

import org.jspecify.annotations.NullMarked;
