/** The YAML and JSON form of workflows: reading with every problem at its place, and writing. */
@NullMarked
package dev.fettle.core.definition;

import org.jspecify.annotations.NullMarked;
