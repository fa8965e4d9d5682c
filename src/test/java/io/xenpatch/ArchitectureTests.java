package io.xenpatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.xenpatch.plan.Decider;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.xapi.XapiCall;
import java.time.Clock;
import java.time.InstantSource;

@AnalyzeClasses(packages = "io.xenpatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule onlyTheDeciderMakesADecision = noClasses()
            .that()
            .doNotBelongToAnyOf(Decider.class)
            .should()
            .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo(HostDecision.class))));

    @ArchTest
    static final ArchRule planIsPure = classes()
            .that()
            .resideInAPackage("io.xenpatch.plan..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.xenpatch.xen..",
                    "io.xenpatch.plan..",
                    "org.jspecify..",
                    "org.springframework.modulith");

    @ArchTest
    static final ArchRule precheckIsPure = classes()
            .that()
            .resideInAPackage("io.xenpatch.precheck..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.xenpatch.xen..",
                    "io.xenpatch.plan..",
                    "io.xenpatch.precheck..",
                    "org.jspecify..",
                    "org.springframework.modulith");

    @ArchTest
    static final ArchRule planAndPrecheckHaveNoClock = noClasses()
            .that()
            .resideInAnyPackage("io.xenpatch.plan..", "io.xenpatch.precheck..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class);

    @ArchTest
    static final ArchRule onlyACommandStartsTheSimulator = noClasses()
            .that()
            .resideOutsideOfPackages("io.xenpatch.simulator..", "io.xenpatch.demo..", "io.xenpatch.rehearsal..")
            .and()
            .doNotBelongToAnyOf(XenpatchApplication.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.xenpatch.simulator..");

    @ArchTest
    static final ArchRule othersSeeOnlyTheSimulatorsRoot = noClasses()
            .that()
            .resideOutsideOfPackage("io.xenpatch.simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.xenpatch.simulator.*..");

    @ArchTest
    static final ArchRule everyPortMethodNamesItsMessageAndEffect = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Calls")
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.xenpatch.xapi")
            .and()
            .haveModifier(JavaModifier.ABSTRACT)
            .should()
            .beAnnotatedWith(XapiCall.class);

    @ArchTest
    static final ArchRule onlyAFewRoomsTouchAnHttpClient = noClasses()
            .that()
            .resideOutsideOfPackages("io.xenpatch.egress..", "io.xenpatch.xapi.jsonrpc..", "io.xenpatch.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "org.springframework.web.client..");
}
