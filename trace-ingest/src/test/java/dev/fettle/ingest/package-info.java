@NullMarked
package dev.fettle.ingest;

import org.jspecify.annotations.NullMarked;
