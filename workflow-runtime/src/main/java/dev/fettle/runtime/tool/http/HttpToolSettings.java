package dev.fettle.runtime.tool.http;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What HTTP tools may do.
 *
 * @param allowedHosts hosts that may be reached, also by a redirect: {@code host} for every port, or {@code host:port}. By
 *     default only this machine
 * @param maxResponseBytes longest answer
 * @param timeout for a call with its redirects
 * @param maxRedirects most redirects that are followed
 */
public record HttpToolSettings(List<String> allowedHosts, int maxResponseBytes, Duration timeout, int maxRedirects) {
    public static final HttpToolSettings DEFAULT =
            new HttpToolSettings(List.of("localhost", "127.0.0.1", "[::1]"), 4 << 20, Duration.ofSeconds(30), 5);

    public HttpToolSettings {
        allowedHosts = List.copyOf(allowedHosts);
        if (maxResponseBytes < 1 || maxRedirects < 0 || timeout.isNegative() || timeout.isZero()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the settings of the tool runner http have maxResponseBytes (" + maxResponseBytes
                            + "), maxRedirects (" + maxRedirects + ") and timeout (" + timeout
                            + "); expected at least 1, at least 0 and a positive duration");
        }
    }

    /** Whether the address is on an allowed host, over http or https and without a name in it. */
    public boolean allows(URI uri) {
        String host = uri.getHost();
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (host == null || !http || uri.getRawUserInfo() != null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return allowedHosts.stream()
                .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                .anyMatch(allowed -> allowed.equals(name)
                        || allowed.equals(name + ":" + Origin.of(uri).port()));
    }
}
