package dev.fettle.runtime.tool.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server behind an address, as RFC 6454 compares servers.
 *
 * @param scheme in lower case, as the host; both empty where the address has none
 * @param port also where it is the one that goes without saying; -1 where nobody knows it
 */
record Origin(String scheme, String host, int port) {
    static Origin of(URI uri) {
        String scheme = lower(uri.getScheme());
        int usual = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
        return new Origin(scheme, lower(uri.getHost()), uri.getPort() < 0 ? usual : uri.getPort());
    }

    private static String lower(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").toLowerCase(Locale.ROOT);
    }
}
