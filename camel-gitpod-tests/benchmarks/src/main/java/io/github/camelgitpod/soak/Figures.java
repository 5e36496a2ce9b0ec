package io.github.camelgitpod.soak;

/**
 * How a process is at one moment.
 *
 * @param threads        that it has
 * @param heapMegabytes  in use after a collection
 * @param descriptors    that are open
 * @param stateKilobytes of all files of its state
 * @param logLines       that it wrote
 */
record Figures(int threads, double heapMegabytes, int descriptors, double stateKilobytes, long logLines) {
    /** With the lines that came since then. */
    Figures since(Figures before) {
        return new Figures(threads, heapMegabytes, descriptors, stateKilobytes, logLines - before.logLines);
    }
}
