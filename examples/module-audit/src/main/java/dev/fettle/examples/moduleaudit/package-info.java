/** The nodes of the module audit that are Java code, and the server that its HTTP tools ask. */
@NullMarked
package dev.fettle.examples.moduleaudit;

import org.jspecify.annotations.NullMarked;
