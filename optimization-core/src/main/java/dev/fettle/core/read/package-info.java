/** Opening recorded traces: files and folders, compression, the reader for the content, and what was refused. */
@NullMarked
package dev.fettle.core.read;

import org.jspecify.annotations.NullMarked;
