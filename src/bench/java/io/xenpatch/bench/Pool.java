package io.xenpatch.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A simulated pool as the simulator describes it. Its hosts have uuids, coordinator first. */
record Pool(String uuid, String address, String username, String password, List<String> hosts) {
    private static final Pattern HOST = Pattern.compile("\\{\"uuid\":\"([^\"]+)\"");

    /** @param line one line of JSON that the simulator printed */
    static Pool parse(String line) {
        var hosts = new ArrayList<String>();
        var matcher = HOST.matcher(line);
        while (matcher.find()) {
            hosts.add(matcher.group(1));
        }
        return new Pool(
                field(line, "poolUuid"), field(line, "address"), field(line, "username"), field(line, "password"), hosts);
    }

    private static String field(String line, String name) {
        var matcher = Pattern.compile('"' + name + "\":\"([^\"]*)\"").matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + line);
        }
        return matcher.group(1);
    }
}
