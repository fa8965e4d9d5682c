package io.xenpatch.simulator.repository;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** The live patches of an update in {@code updateinfo.xml}; one that XAPI can't read is none. */
final class LivePatchXml {
    private static final Pattern VERSION_RELEASE = Pattern.compile("([^-]+)-([^-]+)");

    private LivePatchXml() {}

    static List<RepositoryLivePatch> read(Element livePatches) {
        return XmlElements.children(livePatches, "livepatch")
                .flatMap(livePatch -> livePatch(livePatch).stream())
                .toList();
    }

    private static Optional<RepositoryLivePatch> livePatch(Element livePatch) {
        var buildId = livePatch.getAttribute("base-buildid");
        var base = VERSION_RELEASE.matcher(livePatch.getAttribute("base"));
        var to = VERSION_RELEASE.matcher(livePatch.getAttribute("to"));
        if (buildId.isEmpty() || !base.matches() || !to.matches()) {
            return Optional.empty();
        }
        return LivePatchComponent.of(livePatch.getAttribute("component"))
                .map(component -> new RepositoryLivePatch(
                        component, buildId, base.group(1), base.group(2), to.group(1), to.group(2)));
    }
}
