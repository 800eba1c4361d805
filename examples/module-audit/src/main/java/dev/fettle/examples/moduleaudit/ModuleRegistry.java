package dev.fettle.examples.moduleaudit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small server that knows in which module of the Java platform a package is: {@code /scan/PACKAGE} looks through the
 * platform on each request, {@code /modules/PACKAGE} keeps an index. It listens on this machine only, on a port that is
 * free, and lives as long as the program.
 */
final class ModuleRegistry {
    private static final Path PACKAGES =
            FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/packages");
    private static final String UNKNOWN = "not in the platform";
    private static final int THREADS = 4;

    private final HttpServer server;
    private final Map<String, String> index;

    private ModuleRegistry() {
        try {
            index = ModuleIndex.read(PACKAGES);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the module registry could not be started", e);
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "module-registry");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/scan/", exchange -> answer(exchange, scan(name(exchange))));
        server.createContext(
                "/modules/", exchange -> answer(exchange, index.getOrDefault(name(exchange), UNKNOWN)));
        server.start();
    }

    private static final class Holder {
        static final ModuleRegistry SHARED = new ModuleRegistry();
    }

    /** The address of the one server of this program; started where it does not run yet. */
    static String address() {
        return "http://127.0.0.1:" + Holder.SHARED.server.getAddress().getPort();
    }

    private static String name(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Looks at all packages until it comes to the one, as somebody would who does this once. */
    static String scan(String name) throws IOException {
        String found = UNKNOWN;
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(PACKAGES)) {
            for (Path entry : packages) {
                if (entry.getFileName().toString().equals(name)) {
                    found = ModuleIndex.module(entry);
                }
            }
        }
        return found.isEmpty() ? UNKNOWN : found;
    }

    private static void answer(HttpExchange exchange, String module) throws IOException {
        byte[] body = ("{\"module\": \"" + module + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
