package io.xenpatch.simulator.rpc;

import io.xenpatch.simulator.model.XapiDate;
import java.util.List;
import java.util.Map;

/** A value as XML-RPC prints it; tasks carry their result in this form over JSON too. */
public final class XmlValue {
    private XmlValue() {}

    /** {@code <value>…</value>}. Whole numbers of the data model (long) print as text, as XAPI does; others as {@code <i4>}. */
    public static String print(Object value) {
        return "<value>" + inside(value) + "</value>";
    }

    /** Doubles as XAPI prints them: no fraction where there is none. */
    private static String print(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static String inside(Object value) {
        if (value instanceof Boolean flag) {
            return "<boolean>" + (flag ? 1 : 0) + "</boolean>";
        }
        if (value instanceof Integer number) {
            return "<i4>" + number + "</i4>";
        }
        if (value instanceof Double number) {
            return "<double>" + print(number.doubleValue()) + "</double>";
        }
        if (value instanceof XapiDate date) {
            return "<dateTime.iso8601>" + escape(date.text()) + "</dateTime.iso8601>";
        }
        if (value instanceof List<?> list) {
            var all = new StringBuilder("<array><data>");
            list.forEach(each -> all.append(print(each)));
            return all.append("</data></array>").toString();
        }
        if (value instanceof Map<?, ?> map) {
            var all = new StringBuilder("<struct>");
            map.forEach((key, each) -> all.append("<member><name>")
                    .append(escape(key.toString()))
                    .append("</name>")
                    .append(print(each))
                    .append("</member>"));
            return all.append("</struct>").toString();
        }
        return escape(value.toString());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
