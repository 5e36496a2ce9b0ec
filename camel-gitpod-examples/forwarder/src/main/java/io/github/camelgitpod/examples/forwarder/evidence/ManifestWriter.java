package io.github.camelgitpod.examples.forwarder.evidence;

import io.github.camelgitpod.examples.forwarder.evidence.Manifest.Reading;
import io.github.camelgitpod.examples.forwarder.evidence.Manifest.Seal;
import io.github.camelgitpod.model.AuditLogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.apache.camel.CamelContext;

/** Makes the manifest while an export runs. Without {@link #finish} there is none: half an export is no evidence. */
public final class ManifestWriter implements AutoCloseable {
    private final Path file;
    private final Export export;
    private final Writer links;
    private final Account account = new Account();
    private volatile Reading begin;
    private volatile Reading end;
    private String head = Chain.SEED;
    private boolean finished;

    /**
     * Begins one.
     *
     * @param settings the forwarder's, by their names
     * @throws IllegalArgumentException when there is one already, or the range is another one tomorrow
     * @throws IOException when the place cannot be written
     */
    public ManifestWriter(Path file, Map<String, String> settings) throws IOException {
        if (Files.exists(file)) {
            throw new IllegalArgumentException("--manifest=" + file + "; allowed: a file that does not exist yet");
        }
        this.file = file;
        this.export = Export.of(settings);
        this.links = Files.newBufferedWriter(Chain.file(file));
    }

    /** The client that the component has to use: it takes note of what time the server's answers say it is. */
    public OkHttpClient httpClient() {
        return new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    Response answer = chain.proceed(chain.request());
                    Date date = answer.headers().getDate("Date");
                    if (date != null) {
                        String baseUrl = chain.request().url().toString().replaceFirst("/gitpod\\.v1\\..*", "");
                        end = new Reading(
                                baseUrl,
                                date.toInstant().toString(),
                                Instant.now().toString());
                        begin = begin == null ? end : begin;
                    }
                    return answer;
                })
                .build();
    }

    /** Adds an entry that the sink has taken, in the order of the export's lines. */
    public void add(AuditLogEntry entry) {
        head = Chain.after(head, Chain.text(entry));
        try {
            links.write(Chain.line(new Chain.Link(head, entry.key())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        account.add(entry);
    }

    /**
     * Writes the manifest of a complete export.
     *
     * @param context has the component, as the export used it
     * @param program its name and version
     * @return the SHA-256 of the manifest, by which a change of it can be seen
     * @throws Exception when it cannot be written, or the server cannot be asked for the organization
     */
    public String finish(CamelContext context, String program) throws Exception {
        links.close();
        String organization;
        try (Listing listing = new Listing(context, Map.of(), 1)) {
            organization = listing.organization();
        }
        String coverage = "complete from %s to %s for what was visible by %s: %d entries, of them %d late"
                .formatted(
                        export.from(),
                        export.to(),
                        end == null ? "its end" : end.server(),
                        account.entries(),
                        account.late());
        Seal seal = new Seal(Chain.ALGORITHM, Chain.SEED, head);
        byte[] manifest = new Manifest(
                        Manifest.FORMAT,
                        program,
                        organization,
                        export,
                        account.entries(),
                        account.late(),
                        account.first(),
                        account.last(),
                        coverage,
                        begin,
                        end,
                        seal)
                .toBytes();
        Path whole = Files.write(file.resolveSibling(file.getFileName() + ".new"), manifest);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        return Chain.sha256(manifest);
    }

    @Override
    public void close() throws IOException {
        links.close();
        if (!finished) {
            Files.deleteIfExists(Chain.file(file));
        }
    }
}
