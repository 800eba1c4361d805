/** Running one node. */
@NullMarked
package dev.fettle.runtime.node;

import org.jspecify.annotations.NullMarked;
