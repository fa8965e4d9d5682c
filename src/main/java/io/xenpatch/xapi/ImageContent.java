package io.xenpatch.xapi;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;

/**
 * What is to be written into an image, in pieces on demand: whoever sends it asks for the next piece when the pool can take it, so
 * little of it is ever in memory. Can be read once.
 *
 * @param length bytes
 * @param standstill how long nothing may move, whoever is to blame
 */
public record ImageContent(long length, Flow.Publisher<ByteBuffer> pieces, Duration standstill) {}
