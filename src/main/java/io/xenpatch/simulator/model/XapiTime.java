package io.xenpatch.simulator.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Date and time as XAPI prints it. */
public final class XapiTime {
    /** What an unset date prints as. */
    public static final String NEVER = "19700101T00:00:00Z";

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private XapiTime() {}

    /** UTC with the trailing Z. */
    public static String print(Instant at) {
        return LOCAL.format(at) + "Z";
    }

    /** Without the Z, as only {@code host.get_server_localtime} prints it. */
    public static String printLocal(Instant at) {
        return LOCAL.format(at);
    }

    /** Unix seconds with the trailing dot of {@code other_config["boot_time"]}. */
    public static String printSeconds(Instant at) {
        return at.getEpochSecond() + ".";
    }
}
