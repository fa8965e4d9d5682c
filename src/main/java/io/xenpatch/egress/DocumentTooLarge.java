package io.xenpatch.egress;

import java.io.IOException;

/** An answer is larger than it may be; the rest of it was not read. */
public final class DocumentTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    DocumentTooLarge(long largest) {
        super("an answer of more than " + largest + " bytes");
    }
}
