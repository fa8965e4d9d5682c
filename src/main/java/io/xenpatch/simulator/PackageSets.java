package io.xenpatch.simulator;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The update sets of generated XCP-ng pools. Every host begins one release behind. */
final class PackageSets {
    /** Those that need no live patch, which XCP-ng does not have. */
    static final Set<UpdateSet> KNOWN = EnumSet.of(UpdateSet.REBOOT, UpdateSet.TOOLSTACK, UpdateSet.NOTHING);

    private PackageSets() {}

    /** @throws InvalidScenario for a set that is made of live patches */
    static List<PackageScenario> of(UpdateSet set) {
        return switch (set) {
            case REBOOT -> List.of(kernel(), console());
            case TOOLSTACK -> List.of(toolstack(), console());
            case NOTHING -> List.of(console());
            case LIVE, FAILS ->
                throw new InvalidScenario(
                        "XCP-ng has no live patches: a pool of it can't have the update set " + set + ".");
        };
    }

    private static PackageScenario kernel() {
        return new PackageScenario("kernel-4.19.19-8.0.44.1.xcpng8.3.x86_64")
                .before("4.19.19-8.0.43.1.xcpng8.3")
                .summary("The Linux kernel")
                .about("https://www.kernel.org/", 31_457_280, "GPLv2")
                .change("- Fix a vulnerability in the block layer")
                .software("linux", "4.19.0+2");
    }

    private static PackageScenario toolstack() {
        return new PackageScenario("xapi-core-26.1.4-1.1.xcpng8.3.x86_64")
                .before("26.1.3-1.1.xcpng8.3")
                .summary("The xapi toolstack")
                .about("http://www.xen.org", 27_262_976, "LGPL-2.1-or-later WITH OCaml-LGPL-linking-exception")
                .change("- Fix a leak of sessions")
                .software("xapi_build", "26.1.4");
    }

    private static PackageScenario console() {
        return new PackageScenario("xsconsole-11.0.9-1.1.xcpng8.3.x86_64")
                .before("11.0.8-1.1.xcpng8.3")
                .summary("XCP-ng Host Configuration Console")
                .about("https://github.com/xapi-project/xsconsole", 393_216, "GPL2");
    }
}
