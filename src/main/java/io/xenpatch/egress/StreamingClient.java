package io.xenpatch.egress;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Sends large bodies, each on a connection of its own, on one thread for all. The JDK's client can't: it reads the answer only after
 * the whole body, but XAPI answers before it (ADR 0011).
 */
final class StreamingClient implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("egress-stream", true), NioIoHandler.newFactory());
    private final SSLContext unverified;
    private final Duration connectTimeout;

    /** @param unverified accepts everything: the certificate is judged when it is there, before anything is sent */
    StreamingClient(SSLContext unverified, Duration connectTimeout) {
        this.unverified = unverified;
        this.connectTimeout = connectTimeout;
    }

    /** @return when the server has taken or refused the body; to cancel it ends the connection */
    CompletableFuture<StreamedPut.Answer> send(StreamedPut put) {
        var exchange = new StreamedExchange(put);
        var connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        pipeline(channel, put, exchange);
                    }
                })
                .connect(put.host(), put.port());
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                exchange.fail(connected.cause());
            }
        });
        return exchange.answer();
    }

    private void pipeline(Channel channel, StreamedPut put, StreamedExchange exchange) {
        if (put.tls()) {
            var engine = unverified.createSSLEngine(put.host(), put.port());
            engine.setUseClientMode(true);
            channel.pipeline().addLast(new SslHandler(engine));
        }
        channel.pipeline()
                .addLast(new IdleStateHandler(true, 0, 0, put.standstill().toMillis(), TimeUnit.MILLISECONDS))
                .addLast(new HttpClientCodec())
                .addLast(exchange);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
