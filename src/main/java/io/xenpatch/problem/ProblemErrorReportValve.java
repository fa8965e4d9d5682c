package io.xenpatch.problem;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that Tomcat itself refuses, for example a path that is no URI. Public because Tomcat makes it by its name. */
public final class ProblemErrorReportValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(ProblemErrorReportValve.class);

    /** A path that can be written as it is; what else was sent there is better not repeated. */
    private static final Pattern PATH = Pattern.compile("(?:[A-Za-z0-9/._~!$&()*+,;=:@-]|%[0-9A-Fa-f]{2}){1,500}");

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var type = Problems.ofStatus(response.getStatus());
        try {
            response.setStatus(type.status()); // Tomcat has some that are not ours, 417 for example
            response.setContentType("application/problem+json");
            response.setCharacterEncoding("UTF-8");
            var writer = response.getReporter();
            if (writer != null) {
                // fixed texts of our own without quotes: nothing to escape
                writer.write("{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"%s}"
                        .formatted(type.type(), type.title(), type.status(), Problems.detail(type), instance(request)));
                response.finishResponse();
            }
        } catch (IOException e) {
            log.debug("The client did not take the answer to a request that Tomcat refused", e);
        }
    }

    private static String instance(Request request) {
        var path = request.getRequestURI();
        return path != null && PATH.matcher(path).matches() ? ",\"instance\":\"" + path + "\"" : "";
    }
}
