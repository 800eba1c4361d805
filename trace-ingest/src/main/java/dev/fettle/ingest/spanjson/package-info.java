/** Span trees and span lists as JSON. */
@NullMarked
package dev.fettle.ingest.spanjson;

import org.jspecify.annotations.NullMarked;
