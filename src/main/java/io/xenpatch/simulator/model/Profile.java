package io.xenpatch.simulator.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The product a pool runs: decides which fields and messages exist and what {@code host.software_version} says. */
public enum Profile {
    /** Citrix Hypervisor 8.2 Cumulative Update 1: xapi 1.249, the {@code pool_update} channel, no repositories. */
    CITRIX_HYPERVISOR_8_2_1(
            1_249,
            16,
            "5.602",
            "1.249",
            "1.249.26",
            "8.2.1",
            "8.2 Cumulative Update 1",
            "8.2 CU1",
            "Citrix Hypervisor",
            "3.2.1"),

    /** XenServer 8 with a recent toolstack: xapi 26.17, with repositories and guidance. */
    XENSERVER_8(26_017, 23, "5.909", "26.17", "26.17.0", "8.4.0", "8", "8", "XenServer", "3.4.0"),

    /**
     * XCP-ng 8.3: packages by the updater plugin, no live patches. Versions as real hosts told them ({@code docs/simulator.md}); none of
     * them told its schema.
     */
    XCP_NG_8_3(26_001, 21, "", "26.1", "26.1.3", "8.3.0", "8.3", "8.3", "XCP-ng", "3.4.0") {
        @Override
        Map<String, String> built() {
            return Map.of("build_number", "8.3.0", "xen", "4.17.3-4", "linux", "4.19.0+1");
        }
    };

    private static final String XCP_NG = "XCP-ng";

    private static final int THOUSAND = 1_000;

    private final int level;
    private final long apiMinor;
    private final String schema;
    private final String xapi;
    private final String xapiBuild;
    private final String productVersion;
    private final String text;
    private final String shortText;
    private final String brand;
    private final String platformVersion;

    Profile(
            int level,
            long apiMinor,
            String schema,
            String xapi,
            String xapiBuild,
            String productVersion,
            String text,
            String shortText,
            String brand,
            String platformVersion) {
        this.level = level;
        this.apiMinor = apiMinor;
        this.schema = schema;
        this.xapi = xapi;
        this.xapiBuild = xapiBuild;
        this.productVersion = productVersion;
        this.text = text;
        this.shortText = shortText;
        this.brand = brand;
        this.platformVersion = platformVersion;
    }

    @JsonCreator
    static Profile named(String name) {
        var constant = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        return Arrays.stream(values())
                .filter(profile -> profile.name().equals(constant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no profile " + name + "."));
    }

    /** Whether this product has what appeared in a release: a release word is older than every xapi version number here. */
    public boolean has(String since) {
        return !Character.isDigit(since.charAt(0)) || levelOf(since) <= level;
    }

    private static int levelOf(String version) {
        var parts = version.split("\\.", -1);
        return Integer.parseInt(parts[0]) * THOUSAND + Integer.parseInt(parts[1]);
    }

    /** Whether its hosts get packages by the updater plugin, and have no live patches. */
    public boolean isXcpNg() {
        return XCP_NG.equals(brand);
    }

    /** Minor number of the API that this product announces. */
    public long apiVersionMinor() {
        return apiMinor;
    }

    /** {@code host.software_version} of a freshly installed host. */
    public Map<String, String> softwareVersion(String hostname) {
        var version = new LinkedHashMap<String, String>();
        version.put("product_version", productVersion);
        version.put("product_version_text", text);
        version.put("product_version_text_short", shortText);
        version.put("platform_name", "XCP");
        version.put("platform_version", platformVersion);
        version.put("product_brand", brand);
        version.putAll(built());
        version.put("hostname", hostname);
        version.put("date", "2022-02-10");
        version.put("dbv", "0.0.1");
        version.put("xapi", xapi);
        version.put("xapi_build", xapiBuild);
        version.put("xencenter_min", "2.16");
        version.put("xencenter_max", "2.16");
        version.put("network_backend", "openvswitch");
        if (!schema.isEmpty()) {
            version.put("db_schema", schema);
        }
        return version;
    }

    /** What its hosts are made of. */
    Map<String, String> built() {
        return Map.of("build_number", "release/yangtze/master/58", "xen", "4.13.4-9.19", "linux", "4.19.0+1");
    }
}
