/** Identity of recorded content: hashes that ignore what does not change the meaning. */
@NullMarked
package dev.fettle.ingest.content;

import org.jspecify.annotations.NullMarked;
