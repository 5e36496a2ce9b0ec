package io.github.camelgitpod.examples.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.github.camelgitpod.simulator.Entry;
import io.github.camelgitpod.simulator.GitpodSimulator;
import io.github.camelgitpod.simulator.GitpodSimulatorExtension;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A syslog server that is away loses nothing; one that dies loses what it had not read, and nothing else. */
@Timeout(60)
class SyslogTest {
    private static final String PASSWORD = "not-a-secret";

    @RegisterExtension
    final GitpodSimulatorExtension extension =
            new GitpodSimulatorExtension(GitpodSimulator.builder().history(1_000));

    @TempDir
    Path directory;

    private final Arrivals arrivals = new Arrivals();
    private HandshakeCertificates certificates;

    @BeforeEach
    void makeCertificate() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        certificates =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("syslog", certificate.certificate());
        try (OutputStream file = Files.newOutputStream(directory.resolve("ca.p12"))) {
            trusted.store(file, PASSWORD.toCharArray());
        }
    }

    @Test
    void aServerThatIsAwayLosesNothing() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        // Longer in octets than in characters.
        gitpod.auditLog().add(Entry.at(gitpod.now()).withAction("Größe 😀"));
        int port = freePort();
        try (Forwarding route = new Forwarding("syslog", gitpod, directory, settings(port))) {
            await().atMost(ONE_MINUTE).until(() -> gitpod.requests().count("ListAuditLogs") > 10);
            try (SyslogServer server = server(port, Integer.MAX_VALUE)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> arrivals.ids()
                        .equals(Set.copyOf(gitpod.auditLog().ids())));
                assertThat(server.error()).isNull();
            }
        }
        arrivals.report(
                "Syslog, server away",
                "not there at the start",
                gitpod.auditLog().size());
    }

    @Test
    void aServerThatDiesLosesWhatItHadNotRead() throws Exception {
        GitpodSimulator gitpod = extension.simulator();
        List<String> sent = gitpod.auditLog().ids();
        int read = 250;
        try (SyslogServer first = server(0, read);
                Forwarding route = new Forwarding("syslog", gitpod, directory, settings(first.port()))) {
            first.awaitDeath();
            try (SyslogServer second = server(first.port(), Integer.MAX_VALUE)) {
                Entry later = gitpod.auditLog().add(Entry.at(gitpod.now()));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> arrivals.ids().contains(later.id()));
                assertThat(second.error()).isNull();
            }

            Set<String> missing = new HashSet<>(gitpod.auditLog().ids());
            missing.removeAll(arrivals.ids());
            assertThat(sent.subList(read, read + missing.size()))
                    .as("lost is what came right after the last one that it read")
                    .containsExactlyInAnyOrderElementsOf(missing);
            arrivals.report(
                    "Syslog, server killed",
                    "killed after message " + read,
                    gitpod.auditLog().size());
        }
    }

    private SyslogServer server(int port, int dieAfter) throws Exception {
        return new SyslogServer(certificates.sslContext(), port, dieAfter, arrivals);
    }

    private Map<String, String> settings(int port) {
        return Map.of(
                "syslog.port", Integer.toString(port),
                "syslog.truststore", directory.resolve("ca.p12").toUri().toString(),
                "syslog.truststore-password", PASSWORD);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
