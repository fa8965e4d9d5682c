package io.xenpatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
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
    static final ArchRule whatTheSimulatorConcludesFromARepositoryIsPure = classes()
            .that()
            .resideInAPackage("io.xenpatch.simulator.repository..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.xenpatch.simulator.repository..",
                    "io.xenpatch.simulator.model..",
                    "io.xenpatch.simulator.rpc..",
                    "org.w3c.dom..",
                    "org.xml.sax..",
                    "tools.jackson.databind..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule whatIsPureHasNoClock = noClasses()
            .that()
            .resideInAnyPackage("io.xenpatch.plan..", "io.xenpatch.precheck..", "io.xenpatch.simulator.repository..")
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

    /** What a call is repeated for is written at the port, so only its implementations may send what is written there. */
    @ArchTest
    static final ArchRule onlyImplementationsOfThePortSendItsMessages = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Rpc")
            .and()
            .doNotHaveSimpleName("Calls")
            .should()
            .callMethodWhere(JavaCall.Predicates.target(
                            HasOwner.Predicates.With.owner(HasName.Predicates.name("io.xenpatch.xapi.jsonrpc.Calls")))
                    .and(JavaCall.Predicates.target(HasName.Predicates.nameMatching("start|perform"))));

    @ArchTest
    static void everyEffectIsWrittenDown(JavaClasses all) throws NoSuchMethodException {
        assertThat(XapiCall.class.getMethod("effect").getDefaultValue())
                .as("an effect that nobody thought about")
                .isNull();
    }

    /** A method with a body would need no {@link XapiCall}: it may work with answers, but not with the pool. */
    @ArchTest
    static final ArchRule portMethodsWithABodyCallNoOther = noClasses()
            .that()
            .haveSimpleNameEndingWith("Calls")
            .and()
            .resideInAPackage("io.xenpatch.xapi")
            .should()
            .callMethodWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(
                    HasName.AndFullName.Predicates.fullNameMatching("io\\.xenpatch\\.xapi\\.[A-Za-z]+Calls"))));

    @ArchTest
    static final ArchRule onlyAFewRoomsTouchAnHttpClient = noClasses()
            .that()
            .resideOutsideOfPackages("io.xenpatch.egress..", "io.xenpatch.xapi.jsonrpc..", "io.xenpatch.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "org.springframework.web.client..");
}
