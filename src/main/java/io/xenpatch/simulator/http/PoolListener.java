package io.xenpatch.simulator.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.xenpatch.simulator.pool.HostAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The listening sockets of one pool: every host its own address, all the same port. */
final class PoolListener {
    private static final int HEAD_READ = 64 * 1024;
    private static final int TRIES = 20;

    private final List<HostPort> hosts;
    private final ControlEndpoint control;
    private List<Channel> sockets = List.of();

    PoolListener(List<HostPort> hosts, ControlEndpoint control) {
        this.hosts = hosts;
        this.control = control;
    }

    /** Listens on a port, or (0) on one that is free on every address. Returns the port. */
    int listen(int port) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return bindAll(port);
            } catch (InterruptedException | Error e) {
                throw e;
            } catch (Exception e) {
                close();
                if (port != 0 || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private int bindAll(int wanted) throws InterruptedException {
        var bound = new ArrayList<Channel>();
        sockets = bound;
        var port = wanted;
        for (var host : hosts) {
            var socket = bind(host, port);
            bound.add(socket);
            port = ((InetSocketAddress) socket.localAddress()).getPort();
        }
        return port;
    }

    private Channel bind(HostPort host, int port) throws InterruptedException {
        return new ServerBootstrap()
                .group(host.runtime().loop())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        pipeline(channel, host);
                    }
                })
                .bind(HostAddress.of(host.host()), port)
                .sync()
                .channel();
    }

    private void pipeline(Channel channel, HostPort host) {
        host.tls().ifPresent(tls -> channel.pipeline().addLast("tls", tls.newHandler(channel.alloc())));
        var config = new HttpDecoderConfig()
                .setMaxInitialLineLength(HEAD_READ)
                .setMaxHeaderSize(HEAD_READ)
                .setValidateHeaders(false);
        channel.pipeline().addLast("http", new HttpServerCodec(config));
        channel.pipeline().addLast("uploads", new ImageUpload(host));
        channel.pipeline().addLast("requests", new RequestHandler(new RequestRouter(host, control)));
    }

    void close() {
        sockets.forEach(socket -> socket.close().syncUninterruptibly());
    }
}
