package io.github.camelgitpod.examples.forwarder;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends half a line that a crash or a full disk left at the end of the file: its entries come again, and need a line of their own. */
public final class HalfLine implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(HalfLine.class);

    @Override
    public void process(Exchange exchange) throws IOException {
        File file = new File(exchange.getContext().resolvePropertyPlaceholders("{{file.path}}"));
        if (file.length() == 0) {
            return;
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file, "rw")) {
            bytes.seek(bytes.length() - 1);
            if (bytes.read() != '\n') {
                bytes.write('\n');
                LOG.warn("{} ended in half a line, of a write that was cut off. Its entries come again, whole", file);
            }
        }
    }
}
