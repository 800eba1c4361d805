/** Identity of JSON values: their canonical text, and hashes that ignore what does not change the meaning. */
@NullMarked
package dev.fettle.api.content;

import org.jspecify.annotations.NullMarked;
