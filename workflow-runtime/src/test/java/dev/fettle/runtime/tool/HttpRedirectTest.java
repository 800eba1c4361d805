package dev.fettle.runtime.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.fettle.runtime.tool.http.HttpTool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a request goes on to where a server redirects it, between a server with TLS and one without. */
class HttpRedirectTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Map<String, String> HEADERS = Map.of("Authorization", "Bearer ${HOME}");

    @TempDir
    Path folder;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    private HttpServer plain;
    private HttpsServer tls;

    @BeforeEach
    void start() throws Exception {
        SSLContext context = selfSigned();
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
        tls = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tls.setHttpsConfigurator(new HttpsConfigurator(context));
        plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (HttpServer server : List.of(tls, plain)) {
            server.createContext("/end", exchange -> answer(exchange, null));
            server.createContext("/to-plain", exchange -> answer(exchange, plain("127.0.0.1")));
            server.createContext("/to-tls", exchange -> answer(exchange, tls("127.0.0.1")));
            server.createContext("/to-same", exchange -> answer(exchange, tls("LOCALHOST")));
            server.start();
        }
    }

    @AfterEach
    void stop() {
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
        tls.stop(0);
        plain.stop(0);
    }

    private SSLContext selfSigned() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(folder.resolve("keytool.txt")))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", keys.getCertificate(keys.aliases().nextElement()));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private String plain(String host) {
        return "http://" + host + ":" + plain.getAddress().getPort() + "/end";
    }

    private String tls(String host) {
        return "https://" + host + ":" + tls.getAddress().getPort() + "/end";
    }

    private void answer(HttpExchange exchange, @Nullable String location) throws IOException {
        requests.add((exchange.getHttpContext().getServer() == tls ? "tls " : "plain ")
                + exchange.getRequestURI().getPath() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        if (location != null) {
            exchange.getResponseHeaders().set("Location", location);
        }
        exchange.sendResponseHeaders(location == null ? 200 : 307, -1);
        exchange.close();
    }

    private Object call(String url) throws Exception {
        return ToolBench.call(new HttpTool(), Map.of("url", url, "method", "POST", "headers", HEADERS), Map.of());
    }

    @Test
    void aRedirectFromTlsToPlainTextIsRefused() {
        assertThatThrownBy(() -> call(tls("localhost").replace("/end", "/to-plain")))
                .hasMessageContaining("(localhost) redirects from https to (http)")
                .hasMessageContaining("in the clear");

        assertThat(requests).singleElement().asString().startsWith("tls /to-plain Bearer ");
    }

    @Test
    void anotherSchemeOrPortIsAnotherServerAndGetsNoSecret() throws Exception {
        call(plain("127.0.0.1").replace("/end", "/to-tls"));

        assertThat(requests).hasSize(2).last().isEqualTo("tls /end null");
    }

    @Test
    void theSameServerInOtherLettersGetsWhatItIsMeantToKnow() throws Exception {
        call(tls("localhost").replace("/end", "/to-same"));

        assertThat(requests).last().isEqualTo("tls /end Bearer " + System.getenv("HOME"));
    }
}
