package io.xenpatch.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that Tomcat itself refuses, for example a path that is no URI. Public because Tomcat makes it by its name. */
public final class ProblemErrorReportValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(ProblemErrorReportValve.class);

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var type = Problems.ofStatus(response.getStatus());
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding("UTF-8");
            var writer = response.getReporter();
            if (writer != null) {
                // fixed texts of our own without quotes: nothing to escape
                writer.write("{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(type.type(), type.title(), type.status(), Problems.detail(type)));
                response.finishResponse();
            }
        } catch (IOException e) {
            log.debug("The client did not take the answer to a request that Tomcat refused", e);
        }
    }
}
