package io.github.camelgitpod.examples.forwarder.evidence;

import io.github.camelgitpod.model.AuditLogEntry;
import io.github.camelgitpod.model.ShownText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;

/** Compares a manifest with its export, and with what the server has now, and says in words what differs. */
public final class Verification {
    private final Manifest manifest;
    /** Empty: they are not of this manifest. */
    private final List<Chain.Link> links;

    private final boolean linked;
    private final Consumer<String> out;

    /**
     * Compares all that can be compared.
     *
     * @param export null: there is none here
     * @param context has the component; null: the server is not asked
     * @return whether nothing differs
     * @throws Exception if something cannot be compared; the message says why
     */
    public static boolean run(Path manifest, Path export, CamelContext context, Consumer<String> out) throws Exception {
        out.accept("%s, its SHA-256: %s".formatted(manifest, Chain.sha256(Files.readAllBytes(manifest))));
        Verification verification = new Verification(manifest, out);
        boolean same = export == null || verification.export(export);
        boolean sameOnServer = context == null || verification.server(context);
        List<String> open = new ArrayList<>(List.of("program", "coverage", "begin", "end"));
        if (context == null) {
            open.addAll(List.of("organization", "export (for that a token is needed)"));
        }
        if (export == null) {
            open.addAll(List.of("late", "first", "last (for these --export is needed)"));
        }
        out.accept("Not compared: what the manifest says of " + String.join(", ", open));
        return same && sameOnServer;
    }

    /**
     * Reads the manifest and its links.
     *
     * @param out is told what differs, line by line
     * @throws IOException if the manifest cannot be read, or is of a format that this version does not know
     */
    Verification(Path file, Consumer<String> out) throws IOException {
        this.manifest = Manifest.read(file);
        this.out = out;
        Path beside = Chain.file(file);
        this.links = Files.exists(beside) ? Chain.read(beside) : List.of();
        String head = links.isEmpty() ? Chain.SEED : links.get(links.size() - 1).hash();
        this.linked = links.size() == manifest.entries()
                && head.equals(manifest.chain().head());
        if (!linked) {
            out.accept(beside + " is missing, or of another manifest: no entry that differs can be named");
        }
    }

    /**
     * Compares the export.
     *
     * @return whether it is as it was
     * @throws IOException if it cannot be read, or has not the entries' own texts
     */
    boolean export(Path file) throws IOException {
        String form = manifest.export().form();
        if (!form.equals("own")) {
            throw new IOException("An export with form=" + form
                    + " has not the entries' own texts, of which the chain is made: only the server can be compared");
        }
        Comparison lines = new Comparison(linked ? links : List.of(), linked ? out : line -> {});
        String head = Chain.SEED;
        Account account = new Account();
        try (InputStream texts = new BufferedInputStream(Files.newInputStream(file))) {
            for (byte[] text = line(texts); text != null; text = line(texts)) {
                head = Chain.after(head, text);
                account.add(text);
                lines.next("line " + account.entries(), text, "more than was exported", true, true);
            }
        }
        lines.end(file.toString());
        boolean same = head.equals(manifest.chain().head());
        // Of an export that was changed they differ for that reason.
        same &= !same || fits(account);
        if (same && account.entries() > 0 && !endsWithLineEnd(file)) {
            out.accept(file + ": the last line has no line end; it was exported with one");
        }
        out.accept("%s: %s; %d lines, the manifest has %d entries"
                .formatted(
                        file,
                        same ? "as it was exported" : "DIFFERS from what was exported",
                        account.entries(),
                        manifest.entries()));
        return same;
    }

    /** Whether the manifest counts what the export has. */
    private boolean fits(Account account) {
        return fits("entries", manifest.entries(), account.entries())
                & fits("late", manifest.late(), account.late())
                & fits("first", manifest.first(), account.first())
                & fits("last", manifest.last(), account.last());
    }

    private boolean fits(String field, Object said, Object shown) {
        boolean same = Objects.equals(said, shown);
        if (!same) {
            out.accept("the manifest: %s is %s, by the export it is %s"
                    .formatted(field, ShownText.of(String.valueOf(said)), ShownText.of(String.valueOf(shown))));
        }
        return same;
    }

    private static boolean endsWithLineEnd(Path file) throws IOException {
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            bytes.position(bytes.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    /** The next one, which ends with a newline only; null: there is none. */
    private static byte[] line(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toByteArray();
    }

    /**
     * Reads the range again and compares.
     *
     * @param context has the component
     * @return whether the server has what was exported, no less and no more
     * @throws Exception if it cannot be asked, or the token is another organization's
     */
    boolean server(CamelContext context) throws Exception {
        if (!linked) {
            throw new IOException("Without the links of the manifest the server cannot be compared");
        }
        Export export = manifest.export();
        Map<String, String> query = new HashMap<>(export.filter());
        query.put("from", export.from());
        query.put("to", export.to());
        boolean sameText = export.details().equals("false");
        Comparison entries = new Comparison(links, out);
        try (Listing listing = new Listing(context, query, 0)) {
            if (!Objects.equals(manifest.organization(), listing.organization())) {
                throw new IOException("The token is of the organization %s, the export of %s: nothing was compared"
                        .formatted(listing.organization(), manifest.organization()));
            }
            for (AuditLogEntry entry : listing) {
                String more =
                        "more, created in the range at %s, visible after the export".formatted(entry.createdAtText());
                entries.next("on the server", Chain.text(entry), more, sameText, false);
            }
        }
        boolean same = entries.end("on the server");
        out.accept("On the server: %s%s"
                .formatted(
                        same ? "what was exported, no less and no more" : "NOT what was exported",
                        sameText ? "" : "; by ids only, since the export has details"));
        return same;
    }
}
