package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.xenpatch.simulator.repository.Evr;
import io.xenpatch.simulator.repository.RpmPackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A package that XCP-ng's mirrors offer, and what the hosts have of it. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class PackageScenario {
    private final String name;
    private String before = "0-0";
    private String summary = "";
    private String url = "https://xcp-ng.org";
    private long size = 1L << 20;
    private String license = "GPLv2";
    private String change = "";
    private boolean later;
    private Set<Integer> installedOn = new TreeSet<>();
    private Map<String, String> software = new LinkedHashMap<>();

    PackageScenario(@JsonProperty(value = "name", required = true) String name) {
        this.name = name;
    }

    /** What hosts have that lack it, as {@code [epoch:]version-release}. */
    public PackageScenario before(String versionAndRelease) {
        before = versionAndRelease;
        return this;
    }

    /** One line, which the updater plugin calls the description. */
    public PackageScenario summary(String line) {
        summary = line;
        return this;
    }

    /** Its home page, its size in bytes, and its licence. */
    public PackageScenario about(String homePage, long bytes, String licence) {
        url = homePage;
        size = bytes;
        license = licence;
        return this;
    }

    /** The latest entry of its change log; without one it has none. */
    public PackageScenario change(String text) {
        change = text;
        return this;
    }

    /** It comes only with {@link FaultKind#UPDATES_CHANGE}. */
    public PackageScenario later() {
        later = true;
        return this;
    }

    /** Hosts that have it from the beginning. */
    public PackageScenario installedOn(Integer... hosts) {
        installedOn.addAll(List.of(hosts));
        return this;
    }

    /** What {@code software_version} says once it runs. */
    public PackageScenario software(String key, String value) {
        software.put(key, value);
        return this;
    }

    /** {@code name-[epoch:]version-release.arch}. */
    public String name() {
        return name;
    }

    /** @throws IllegalStateException for a name that {@link #validate} refuses */
    public RpmPackage rpm() {
        return RpmPackage.parse(name).orElseThrow(() -> new IllegalStateException(name + " was not validated"));
    }

    /** What a host begins with. */
    public RpmPackage installedAt(int host) {
        var offered = rpm();
        return installedOn.contains(host) ? offered : new RpmPackage(offered.name(), offered.arch(), Evr.parse(before));
    }

    public String summary() {
        return summary;
    }

    public String url() {
        return url;
    }

    public long size() {
        return size;
    }

    public String license() {
        return license;
    }

    public String change() {
        return change;
    }

    public boolean isLater() {
        return later;
    }

    public Map<String, String> software() {
        return Map.copyOf(software);
    }

    Set<Integer> hostsNamed() {
        return Set.copyOf(installedOn);
    }

    void validate(String pool) {
        if (RpmPackage.parse(name).isEmpty()) {
            throw new InvalidScenario(
                    "Pool " + pool + ": " + name + " is no package (name-version-release.x86_64 or .noarch).");
        }
        if (RpmPackage.parse(rpm().name() + "-" + before + ".noarch").isEmpty()) {
            throw new InvalidScenario("Pool " + pool + ", package " + name + ": " + before + " is no version-release.");
        }
    }
}
