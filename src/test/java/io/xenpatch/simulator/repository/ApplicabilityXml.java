package io.xenpatch.simulator.repository;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** The rules of an update in {@code updateinfo.xml}; one that XAPI can't read is none. */
final class ApplicabilityXml {
    private ApplicabilityXml() {}

    static List<Applicability> read(Element rules) {
        return XmlElements.children(rules, "applicability")
                .flatMap(rule -> rule(rule).stream())
                .toList();
    }

    private static Optional<Applicability> rule(Element rule) {
        var name = XmlElements.text(rule, "name");
        var arch = XmlElements.text(rule, "arch");
        var version = XmlElements.text(rule, "version");
        var release = XmlElements.text(rule, "release");
        if (Stream.of(name, arch, version, release).anyMatch(String::isEmpty)) {
            return Optional.empty();
        }
        var bound = new Evr(Evr.parseEpoch(XmlElements.text(rule, "epoch")).orElse(0), version, release);
        return Inequality.of(XmlElements.text(rule, "inequality"))
                .map(inequality -> new Applicability(name, arch, inequality, bound));
    }
}
