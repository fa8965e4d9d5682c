package io.xenpatch.demo;

/** What a person can try when the demo is through. */
final class Invitation {
    private Invitation() {}

    static void print(Api api, Demo demo, SimulatedPools pools, DemoOptions options, Screen screen) {
        var root = api.root();
        var production = pools.description(DemoPool.PRODUCTION).poolUuid();
        var target = "'{\"targets\": [{\"poolUuid\": \"" + production + "\"}], \"update\": {\"uuid\": \""
                + DemoPool.PRODUCTION.extraUuid() + "\"}}'";
        screen.line("");
        screen.line("The service goes on at " + root + ". Try:");
        screen.line("  curl -s " + root + "/api/v1/pools");
        screen.line("  curl -s " + root + "/api/v1/hosts");
        screen.line("  curl -s " + root + "/api/v1/update-jobs/" + demo.jobOn(DemoPool.LEGACY) + "/report");
        screen.line("  curl -s " + root + "/api/v1/update-jobs/" + demo.jobOn(DemoPool.BRANCH) + "/events");
        screen.line("another update, which restarts only the toolstack, first assessed and then installed:");
        screen.line("  curl -s " + root + "/api/v1/assessments -H 'Content-Type: application/json' -d " + target);
        screen.line("  curl -s " + root + "/api/v1/update-jobs -H 'Content-Type: application/json' -d " + target);
        screen.line("Swagger UI: " + root + "/swagger-ui.html");
        screen.line("Log:        " + options.log());
        screen.line("Ctrl-C ends it. The next start finds the history and repeats nothing; to begin anew, delete "
                + options.dataDirectory() + ".");
    }
}
