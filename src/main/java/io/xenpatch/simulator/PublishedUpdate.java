package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.repository.Evr;
import io.xenpatch.simulator.repository.Guidance;
import io.xenpatch.simulator.repository.Inequality;
import io.xenpatch.simulator.repository.LivePatchComponent;
import io.xenpatch.simulator.repository.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One update of a repository: its entry in {@code updateinfo.xml}, its packages, and what a host runs once they do. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class PublishedUpdate {
    private static final Set<String> GUIDANCE =
            Stream.of(Guidance.values()).map(Guidance::text).collect(Collectors.toCollection(TreeSet::new));

    private static final Pattern PACKAGE = Pattern.compile(".+-(\\d+:)?[^-]+-[^-]+\\.[^.-]+");

    private final String id;
    private String summary = "";
    private String description = "";
    private String specialInfo = "";
    private String url = "";
    private String title = "";
    private String type = "security";
    private Severity severity = Severity.NONE;
    private List<String> mandatory = new ArrayList<>();
    private List<String> recommended = new ArrayList<>();
    private List<String> full = new ArrayList<>();
    private List<String> livepatch = new ArrayList<>();
    private List<PublishedRule> applicabilities = new ArrayList<>();
    private List<String> packages = new ArrayList<>();
    private List<PublishedLivePatch> livePatches = new ArrayList<>();
    private Map<LivePatchComponent, String> builds = new LinkedHashMap<>();
    private Map<String, String> software = new LinkedHashMap<>();

    PublishedUpdate(@JsonProperty(value = "id", required = true) String id) {
        this.id = id;
    }

    /** Guidance that blocks {@code host.enable} until it was followed: {@code RebootHost, EvacuateHost, RestartToolstack …}. */
    public PublishedUpdate mandatory(String... guidance) {
        mandatory = List.of(guidance);
        return this;
    }

    public PublishedUpdate recommended(String... guidance) {
        recommended = List.of(guidance);
        return this;
    }

    public PublishedUpdate full(String... guidance) {
        full = List.of(guidance);
        return this;
    }

    /** What takes the place of the recommended guidance where the live patches of this update are loaded. */
    public PublishedUpdate livepatch(String... guidance) {
        livepatch = List.of(guidance);
        return this;
    }

    /**
     * Its guidance counts only where a package was installed in such a version: one rule that holds is enough, without rules it always
     * counts.
     *
     * @param name of the package, which must be one of this update
     * @param bound {@code [epoch:]version-release}
     */
    public PublishedUpdate applicable(String name, String arch, Inequality inequality, String bound) {
        applicabilities.add(new PublishedRule(name, arch, inequality, bound));
        return this;
    }

    /** Packages as {@code name-version-release.arch} or {@code name-epoch:version-release.arch}. */
    public PublishedUpdate packages(String... fullNames) {
        packages.addAll(List.of(fullNames));
        return this;
    }

    /** A live patch from one {@code version-release} to another, for the build that a host runs. */
    public PublishedUpdate livePatch(LivePatchComponent component, String baseBuildId, String base, String to) {
        livePatches.add(new PublishedLivePatch(component, baseBuildId, base, to));
        return this;
    }

    /** The build that a host with this update runs after its next boot. */
    public PublishedUpdate build(LivePatchComponent component, String buildId) {
        builds.put(component, buildId);
        return this;
    }

    /** What {@code software_version} says: {@code xen} and {@code linux} after a boot, other keys after a toolstack start. */
    public PublishedUpdate software(String key, String value) {
        software.put(key, value);
        return this;
    }

    public PublishedUpdate summary(String text) {
        summary = text;
        return this;
    }

    public PublishedUpdate description(String text) {
        description = text;
        return this;
    }

    /** {@code security}, {@code bugfix}, {@code enhancement} … */
    public PublishedUpdate type(String word) {
        type = word;
        return this;
    }

    public PublishedUpdate severity(Severity value) {
        severity = value;
        return this;
    }

    public String id() {
        return id;
    }

    public String summary() {
        return summary.isEmpty() ? id : summary;
    }

    public String description() {
        return description;
    }

    public String specialInfo() {
        return specialInfo;
    }

    public String url() {
        return url;
    }

    public String title() {
        return title;
    }

    public String type() {
        return type;
    }

    public Severity severity() {
        return severity;
    }

    public List<String> mandatory() {
        return List.copyOf(mandatory);
    }

    public List<String> recommended() {
        return List.copyOf(recommended);
    }

    public List<String> full() {
        return List.copyOf(full);
    }

    public List<String> livepatch() {
        return List.copyOf(livepatch);
    }

    public List<PublishedRule> applicabilities() {
        return List.copyOf(applicabilities);
    }

    public List<String> packages() {
        return List.copyOf(packages);
    }

    public List<PublishedLivePatch> livePatches() {
        return List.copyOf(livePatches);
    }

    public Map<LivePatchComponent, String> builds() {
        return Map.copyOf(builds);
    }

    public Map<String, String> software() {
        return Map.copyOf(software);
    }

    void validate() {
        var unknown = Stream.of(mandatory, recommended, full, livepatch)
                .flatMap(List::stream)
                .filter(word -> !GUIDANCE.contains(word))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidScenario("Update " + id + ": guidance " + unknown + " is not one of " + GUIDANCE + ".");
        }
        packages.forEach(fullName -> checkPackage("Update " + id, fullName));
        applicabilities.forEach(this::checkRule);
    }

    private void checkRule(PublishedRule rule) {
        try {
            Evr.parse(rule.bound());
        } catch (ApiFailure unreadable) {
            throw new InvalidScenario(
                    "Update " + id + ": the bound " + rule.bound() + " of a rule is not [epoch:]version-release.");
        }
    }

    static void checkPackage(String where, String fullName) {
        if (!PACKAGE.matcher(fullName).matches()) {
            throw new InvalidScenario(where + ": package " + fullName + " is not name-version-release.arch.");
        }
    }

    /** When guidance counts, as {@code updateinfo.xml} tells of it; {@code bound} is {@code [epoch:]version-release}. */
    public record PublishedRule(String name, String arch, Inequality inequality, String bound) {}

    /** A live patch as {@code updateinfo.xml} tells of it; {@code base} and {@code to} are {@code version-release}. */
    public record PublishedLivePatch(LivePatchComponent component, String baseBuildId, String base, String to) {}
}
