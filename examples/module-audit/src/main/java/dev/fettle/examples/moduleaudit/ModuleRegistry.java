package dev.fettle.examples.moduleaudit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small server that knows in which module of the Java platform a package is: {@code /scan/PACKAGE} looks through the
 * platform on each request, {@code /modules/PACKAGE} keeps an index. It listens on this machine only, on a port that is
 * free, and lives as long as the program.
 */
final class ModuleRegistry {
    private static final String UNKNOWN = "not in the platform";
    private static final int THREADS = 4;

    private final HttpServer server;
    private final Map<String, String> index = index();

    private ModuleRegistry() {
        // The platform's server sends an answer in two parts, and would wait for the first to be acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
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
        server.createContext("/scan/", exchange -> answer(exchange, ModuleScan.find(name(exchange))));
        server.createContext("/modules/", exchange -> answer(exchange, index.getOrDefault(name(exchange), "")));
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

    private static Map<String, String> index() {
        Map<String, String> modules = new HashMap<>();
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            module.descriptor()
                    .packages()
                    .forEach(name -> modules.put(name, module.descriptor().name()));
        }
        return modules;
    }

    private static void answer(HttpExchange exchange, String module) throws IOException {
        String named = module.isEmpty() ? UNKNOWN : module;
        byte[] body = ("{\"module\": \"" + named + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
