package io.github.camelgitpod.examples.forwarder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Appends the body to the file, whole or not at all, and forces it to the disk. Camel's file component does not see it when a full
 * disk takes only a part of what is written.
 */
public final class AppendedPage implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        byte[] page = exchange.getMessage().getMandatoryBody(byte[].class);
        Path file = Path.of(exchange.getContext().resolvePropertyPlaceholders("{{file.path}}"))
                .toAbsolutePath();
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long before = channel.size();
            try {
                channel.position(before);
                // Half a line of a process that was killed: its entries come again, and need lines of their own.
                write(channel, endsInNewline(channel, before) ? new byte[0] : new byte[] {'\n'});
                write(channel, page);
                write(channel, page.length == 0 || page[page.length - 1] == '\n' ? new byte[0] : new byte[] {'\n'});
                channel.force(false);
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
        }
    }

    private static boolean endsInNewline(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return size == 0 || channel.read(last, size - 1) < 1 || last.get(0) == '\n';
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }
}
