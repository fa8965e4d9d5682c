package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.Egress;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(XapiProperties.class)
class JsonRpcConfiguration {

    @Bean
    JsonRpcTransport jsonRpcTransport(Egress egress) {
        return new HttpTransport(egress);
    }

    @Bean
    XapiConnections xapiConnections(JsonRpcTransport transport, XapiProperties properties) {
        return new JsonRpcConnections(transport, properties);
    }
}
