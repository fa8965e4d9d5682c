package io.xenpatch.xapi.jsonrpc;

import static io.xenpatch.xapi.jsonrpc.Snapshots.map;
import static io.xenpatch.xapi.jsonrpc.Snapshots.text;

import io.xenpatch.xen.Channel;
import java.util.Arrays;
import java.util.regex.Pattern;

/** How a pool is updated, by what it can do (R1). */
final class Channels {
    /** The first xapi with {@code pool.sync_updates} (xapi.md §12). */
    private static final String SYNC_UPDATES = "1.329";
    /** The first platform with {@code pool_update}: XenServer 7.1. */
    private static final String POOL_UPDATE = "2.1.1";

    private static final Pattern SEPARATOR = Pattern.compile("[^0-9]+");

    private Channels() {}

    static Channel of(Records.Pool pool, Records.Host coordinator) {
        var software = map(coordinator.softwareVersion());
        if ("XCP-ng".equals(software.get("product_brand"))) {
            return Channel.XCP_NG;
        }
        var xapi = text(software.get("xapi_build"));
        if (pool.repositories() != null && (xapi.isEmpty() || isAtLeast(xapi, SYNC_UPDATES))) {
            return Channel.REPOSITORY;
        }
        return isAtLeast(text(software.get("platform_version")), POOL_UPDATE)
                ? Channel.POOL_UPDATE
                : Channel.UNSUPPORTED;
    }

    /** Compares the numbers of versions like {@code 1.249.32-2.1.xs8}; missing numbers are 0. */
    static boolean isAtLeast(String version, String least) {
        return Arrays.compare(numbers(version), numbers(least)) >= 0;
    }

    private static long[] numbers(String version) {
        return SEPARATOR
                .splitAsStream(version)
                .filter(number -> !number.isEmpty() && number.length() < 18)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
