/** Which language model a node needs. */
@NullMarked
package dev.fettle.strategies.advanced.model;

import org.jspecify.annotations.NullMarked;
